import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { svd } from './svd.ts';

/** Numbers in a box, the last axis next to one another in memory. */
export interface Box {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** G ×₁ U₁ ×₂ … ×ₙ Uₙ. */
export interface Tucker {
  /** r₁ × … × rₙ. */
  readonly core: { readonly shape: readonly number[]; readonly data: Float64Array };
  /** dᵢ × rᵢ each, orthonormal columns; zeros behind those that the other axes can fill. */
  readonly factors: readonly Matrix<Float64Array>[];
}

/**
 * A tensor d₁ × … × dₙ as a core r₁ × … × rₙ and a factor dᵢ × rᵢ for each axis, in float64.
 *
 *     T ≈ G ×₁ U₁ ×₂ … ×ₙ Uₙ,   G = T ×₁ U₁ᵀ … ×ₙ Uₙᵀ
 *
 * Uᵢ are the leading left singular vectors of the tensor unfolded along axis i (HOSVD): exact where the tensor has these
 * ranks, else within √n of the least squared error. `sweeps` of higher-order orthogonal iteration lower the error
 * further: each Uᵢ anew from the tensor projected on the others.
 *
 * @throws ShapeError where ranks and axes differ in number, or a rank is not in 1 … dᵢ
 *
 * Source: De Lathauwer, De Moor and Vandewalle, SIAM J. Matrix Anal. Appl. 21 (2000), 1253 and 1324.
 */
export function tuckerOf(
  tensor: Box,
  ranks: readonly number[],
  { sweeps = 0 }: { readonly sweeps?: number } = {},
): Tucker {
  requireRanks(tensor, ranks);
  const whole = Float64Array.from(tensor.data);
  const odd = whole.findIndex((x) => !Number.isFinite(x));
  if (odd >= 0)
    throw new InputError('tuckerOf', `number ${odd} is ${whole[odd]}; all must be finite.`);
  const start: OwnBox = { shape: [...tensor.shape], data: whole };
  const factors = ranks.map((r, axis) => leading(start, axis, r));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let axis = 0; axis < ranks.length; axis++)
      factors[axis] = leading(projected(start, factors, axis), axis, ranks[axis]);
  }
  return { core: projected(start, factors), factors };
}

/** The tensor that a core and its factors stand for, row-major. */
export function tuckerProduct({ core, factors }: Tucker): Float64Array {
  const spread = factors.reduce<OwnBox>((box, u, axis) => along(box, axis, u, false), {
    shape: [...core.shape],
    data: core.data,
  });
  return spread.data;
}

interface OwnBox {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

function requireRanks({ shape, data }: Box, ranks: readonly number[]): void {
  const numbers = shape.reduce((product, d) => product * d, 1);
  if (data.length !== numbers)
    throw new ShapeError(
      'tuckerOf',
      `${numbers} numbers for ${shape.join(' × ')}`,
      `${data.length}`,
    );
  if (ranks.length !== shape.length)
    throw new ShapeError('tuckerOf', `${shape.length} ranks, one an axis`, `${ranks.length}`);
  ranks.forEach((r, axis) => {
    if (!Number.isInteger(r) || r < 1 || r > shape[axis])
      throw new ShapeError('tuckerOf', `a rank from 1 to ${shape[axis]} for axis ${axis}`, `${r}`);
  });
}

/** The r leading left singular vectors of the tensor unfolded along an axis, d × r. */
function leading(box: OwnBox, axis: number, r: number): Matrix<Float64Array> {
  const d = box.shape[axis];
  const rest = box.data.length / d;
  const unfolded = new Float64Array(box.data.length);
  const [outer, inner] = sidesOf(box.shape, axis);
  for (let a = 0; a < outer; a++) {
    for (let i = 0; i < d; i++) {
      const from = (a * d + i) * inner;
      unfolded.set(box.data.subarray(from, from + inner), i * rest + a * inner);
    }
  }
  const { u } = svd(matrix(unfolded, d, rest));
  // Fewer columns than rows: what is missing of an orthonormal basis is of no use to the tensor, and stays 0.
  const out = new Float64Array(d * r);
  for (let i = 0; i < d; i++)
    for (let c = 0; c < Math.min(r, u.cols); c++) out[i * r + c] = u.data[i * u.cols + c];
  return matrix(out, d, r);
}

/** T ×ᵢ Uᵢᵀ along all axes but one. */
function projected(box: OwnBox, factors: readonly Matrix<Float64Array>[], but = -1): OwnBox {
  return factors.reduce((now, u, axis) => (axis === but ? now : along(now, axis, u, true)), box);
}

/** The tensor times U along an axis, or times Uᵀ. */
function along(box: OwnBox, axis: number, u: Matrix<Float64Array>, transposed: boolean): OwnBox {
  const d = box.shape[axis];
  const m = transposed ? u.cols : u.rows;
  const [outer, inner] = sidesOf(box.shape, axis);
  const out = new Float64Array(outer * m * inner);
  for (let a = 0; a < outer; a++) {
    for (let j = 0; j < m; j++) {
      const to = (a * m + j) * inner;
      for (let i = 0; i < d; i++) {
        const weight = transposed ? u.data[i * u.cols + j] : u.data[j * u.cols + i];
        const from = (a * d + i) * inner;
        for (let b = 0; b < inner; b++) out[to + b] += weight * box.data[from + b];
      }
    }
  }
  return { shape: box.shape.map((length, i) => (i === axis ? m : length)), data: out };
}

/** How many numbers the axes before one have, and those behind it. */
function sidesOf(shape: readonly number[], axis: number): readonly [outer: number, inner: number] {
  const product = (part: readonly number[]) => part.reduce((all, d) => all * d, 1);
  return [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
}
