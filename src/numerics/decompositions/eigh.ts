import type { Matrix } from '../../core/matrix.ts';
import { largestFirst, requireSquare } from './checks.ts';
import { implicitQlInPlace } from './implicit-ql.ts';
import { Panels } from './panels.ts';
import { reductionInPlace, transposedBasis, tridiagonalizedInPlace } from './tridiagonal.ts';

/** A = Vᵀ diag(values) V with orthonormal rows of V. */
export interface Eigh {
  /** n eigenvalues, largest first. */
  readonly values: Float64Array;
  /** n × n; row k is the unit eigenvector of value k. Its sign is not fixed. */
  readonly vectors: Matrix<Float64Array>;
}

/**
 * Eigenvalues and eigenvectors of a symmetric n × n matrix, in float64.
 *
 * Householder tridiagonalisation and implicit QL; reads the upper triangle only. Residual
 * ‖A v − λ v‖ and loss of orthogonality are of the order of 1e-15·n relative to ‖A‖; an eigenvalue
 * small beside ‖A‖ has that absolute, not relative, accuracy.
 */
export function eigh(a: Matrix): Eigh {
  const { work, scale, n } = scaledCopy(a);
  const t = tridiagonalizedInPlace(work, n);
  const panels = new Panels(transposedBasis(t), n);
  const shifts = t.diagonal.slice();
  implicitQlInPlace(shifts, t.offDiagonal.slice());
  implicitQlInPlace(t.diagonal, t.offDiagonal, panels.take, shifts);
  const order = largestFirst(t.diagonal);
  const values = Float64Array.from(order, (i) => t.diagonal[i] * scale);
  return { values, vectors: { data: panels.rows(order), rows: n, cols: n } };
}

/**
 * The eigenvalues alone of a symmetric n × n matrix, largest first: a fifth of the work of `eigh`.
 */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  const { step, result } = eigenvalueSteps(a);
  for (let k = 0; k < a.rows; k++) step(k);
  return result();
}

/** `symmetricEigenvalues` in n steps: step(0) … step(n − 1), then `result`. */
export function eigenvalueSteps(a: Matrix): {
  readonly step: (k: number) => void;
  readonly result: () => Float64Array;
} {
  const { work, scale, n } = scaledCopy(a);
  const { step, result } = reductionInPlace(work, n);
  return {
    step,
    result: () => {
      const { diagonal, offDiagonal } = result;
      implicitQlInPlace(diagonal, offDiagonal);
      return diagonal
        .sort()
        .reverse()
        .map((value) => value * scale);
    },
  };
}

/** A copy divided by a power of two about as large as its largest entry: no square over- or underflows. */
function scaledCopy(a: Matrix) {
  const { n, scale } = requireSquare('eigh', a);
  return { work: Float64Array.from(a.data, (x) => x / scale), scale, n };
}
