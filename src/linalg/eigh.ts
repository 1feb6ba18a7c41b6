import { InputError, ShapeError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { MaybePromise, Work } from '../engine/engine.ts';
import { after, inTurns } from '../engine/in-turns.ts';
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
  const order = descendingOrder(t.diagonal);
  const values = Float64Array.from(order, (i) => t.diagonal[i] * scale);
  return { values, vectors: { data: panels.rows(order), rows: n, cols: n } };
}

/**
 * The eigenvalues alone of a symmetric n × n matrix, largest first: a fifth of the work of `eigh`.
 * Large matrices take turns with the event loop, report to `work` and stop when it says so.
 */
export function symmetricEigenvalues(a: Matrix, work?: Work): MaybePromise<Float64Array> {
  const { work: copy, scale, n } = scaledCopy(a);
  const { step, result } = reductionInPlace(copy, n);
  return after(inTurns('eigenvalues', n, step, work), () => {
    const { diagonal, offDiagonal } = result;
    implicitQlInPlace(diagonal, offDiagonal);
    return diagonal
      .sort()
      .reverse()
      .map((value) => value * scale);
  });
}

/** A copy divided by its largest entry, so that no square over- or underflows. */
function scaledCopy({ data, rows: n, cols }: Matrix) {
  if (n !== cols || n < 1) throw new ShapeError('eigh', 'a square matrix', `${n} × ${cols}`);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const size = Math.abs(data[i * n + j]);
      if (!Number.isFinite(size)) {
        throw new InputError('eigh', `element (${i}, ${j}) is ${data[i * n + j]}.`);
      }
      if (size > largest) largest = size;
    }
  }
  const scale = largest || 1;
  const work = new Float64Array(n * n);
  for (let i = 0; i < work.length; i++) work[i] = data[i] / scale;
  return { work, scale, n };
}

function descendingOrder(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);
}
