import { InputError, ShapeError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { MaybePromise, Work } from '../engine/engine.ts';
import { after, inTurns } from '../engine/in-turns.ts';
import { implicitQlInPlace, type RotationSink } from './implicit-ql.ts';
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
  implicitQlInPlace(t.diagonal, t.offDiagonal, panels.take);
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

const WIDTH = 8;
const BATCH = 32;

/**
 * An n × n basis cut into panels of 8 columns, each n × 8 and contiguous.
 *
 * Rotations mix rows. They are kept until 32 sweeps have come together and are then applied panel
 * by panel: a panel (49 kB at n = 768) stays in the first-level cache while all of them pass.
 */
class Panels {
  readonly #data: Float64Array;
  readonly #n: number;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #lows = new Int32Array(BATCH);
  readonly #highs = new Int32Array(BATCH);
  #waiting = 0;

  constructor(basis: Float64Array, n: number) {
    this.#n = n;
    this.#data = new Float64Array(Math.ceil(n / WIDTH) * WIDTH * n);
    this.#cosines = new Float64Array(BATCH * n);
    this.#sines = new Float64Array(BATCH * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) this.#data[this.#place(i, j)] = basis[i * n + j];
    }
  }

  #place(i: number, j: number): number {
    return ((j >> 3) * this.#n + i) * WIDTH + (j & 7);
  }

  readonly take: RotationSink = (low, high, cosines, sines) => {
    const n = this.#n;
    this.#cosines.set(cosines.subarray(low, high), this.#waiting * n + low);
    this.#sines.set(sines.subarray(low, high), this.#waiting * n + low);
    this.#lows[this.#waiting] = low;
    this.#highs[this.#waiting] = high;
    this.#waiting += 1;
    if (this.#waiting === BATCH) this.#flush();
  };

  #flush(): void {
    const n = this.#n;
    for (let from = 0; from < this.#data.length; from += n * WIDTH) {
      for (let b = 0; b < this.#waiting; b++) {
        const at = b * n;
        rotatePanel(
          this.#data,
          from,
          this.#cosines,
          this.#sines,
          at,
          this.#lows[b],
          this.#highs[b],
        );
      }
    }
    this.#waiting = 0;
  }

  /** The rows in the given order, row-major n × n. */
  rows(order: Int32Array): Float64Array {
    this.#flush();
    const n = this.#n;
    const out = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) out[k * n + j] = this.#data[this.#place(order[k], j)];
    }
    return out;
  }
}

/** Rotates rows i and i + 1 of one panel, i = high − 1 … low; the moving row stays in registers. */
function rotatePanel(
  z: Float64Array,
  from: number,
  cosines: Float64Array,
  sines: Float64Array,
  at: number,
  low: number,
  high: number,
): void {
  const last = from + high * WIDTH;
  let x0 = z[last];
  let x1 = z[last + 1];
  let x2 = z[last + 2];
  let x3 = z[last + 3];
  let x4 = z[last + 4];
  let x5 = z[last + 5];
  let x6 = z[last + 6];
  let x7 = z[last + 7];
  for (let i = high - 1; i >= low; i--) {
    const c = cosines[at + i];
    const s = sines[at + i];
    const o = from + i * WIDTH;
    const y0 = z[o];
    const y1 = z[o + 1];
    const y2 = z[o + 2];
    const y3 = z[o + 3];
    const y4 = z[o + 4];
    const y5 = z[o + 5];
    const y6 = z[o + 6];
    const y7 = z[o + 7];
    z[o + 8] = s * y0 + c * x0;
    z[o + 9] = s * y1 + c * x1;
    z[o + 10] = s * y2 + c * x2;
    z[o + 11] = s * y3 + c * x3;
    z[o + 12] = s * y4 + c * x4;
    z[o + 13] = s * y5 + c * x5;
    z[o + 14] = s * y6 + c * x6;
    z[o + 15] = s * y7 + c * x7;
    x0 = c * y0 - s * x0;
    x1 = c * y1 - s * x1;
    x2 = c * y2 - s * x2;
    x3 = c * y3 - s * x3;
    x4 = c * y4 - s * x4;
    x5 = c * y5 - s * x5;
    x6 = c * y6 - s * x6;
    x7 = c * y7 - s * x7;
  }
  const first = from + low * WIDTH;
  z[first] = x0;
  z[first + 1] = x1;
  z[first + 2] = x2;
  z[first + 3] = x3;
  z[first + 4] = x4;
  z[first + 5] = x5;
  z[first + 6] = x6;
  z[first + 7] = x7;
}
