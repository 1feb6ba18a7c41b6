import type { Matrix } from '../../../core/matrix.ts';
import { zeros64 } from '../../../core/matrix.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type {
  BuiltPoints,
  Construction,
  ExactCoordinates,
  IntegerRows,
  Integers,
} from './contract.ts';

/** The parts of a construction before its cosine is rounded. */
export type Described = Omit<Construction, 'cosine' | 'exactCosine'>;

/** A construction whose cosine is the fraction top/bottom. */
export function withFraction(described: Described, top: number, bottom: number): Construction {
  const cosine = top / bottom;
  // The quotient is the nearest double; one step up covers its rounding.
  const up = cosine + Math.abs(cosine) * 2 ** -52;
  return { ...described, cosine: up, exactCosine: () => K.fraction(top, bottom) };
}

/** The construction, marked as holding the opposite of each of its points. */
export const antipodal = (construction: Construction): Construction => ({
  ...construction,
  antipodal: true,
});

/** A construction whose cosine is √(top/bottom). */
export function withRoot(described: Described, top: number, bottom: number): Construction {
  const cosine = Math.sqrt(top / bottom) * (1 + 2 ** -51);
  return { ...described, cosine, exactCosine: () => K.squareRoot(Q.rational(top, bottom)) };
}

/** Whole-number rows as points: as they are where they fit into d columns, else in a basis of their span. */
export function fromIntegers(
  rows: IntegerRows,
  count: number,
  dim: number,
  d: number,
): BuiltPoints {
  const numerators = rows.numerators.subarray(0, count * rows.cols) as Integers;
  const exact: ExactCoordinates = { kind: 'integers', ...rows, numerators };
  const points = zeros64(count, d);
  writeRows({ ...rows, numerators }, points, 0, 1, dim);
  return { points, exact };
}

/**
 * Writes scale · row/√squaredNorm into columns `from` … of `points`.
 *
 * Rows that are too long for the columns left are expressed in an orthonormal basis of their span,
 * of `dim` vectors.
 */
export function writeRows(
  { numerators, cols, squaredNorm }: IntegerRows,
  points: Matrix<Float64Array>,
  from: number,
  scale: number,
  dim: number,
): void {
  const { data, rows, cols: d } = points;
  const factor = scale / Math.sqrt(squaredNorm);
  if (cols <= d - from) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) data[i * d + from + j] = numerators[i * cols + j] * factor;
    }
    return;
  }
  const basis = spanBasis(numerators, rows, cols, dim);
  for (let i = 0; i < rows; i++) {
    for (let b = 0; b < basis.length; b++) {
      const direction = basis[b];
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += numerators[i * cols + j] * direction[j];
      data[i * d + from + b] = sum * factor;
    }
  }
}

/** At most `dim` orthonormal vectors that span the rows, by Gram–Schmidt done twice. */
function spanBasis(numerators: Integers, rows: number, cols: number, dim: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let i = 0; i < rows && basis.length < dim; i++) {
    const rest = Float64Array.from(numerators.subarray(i * cols, (i + 1) * cols));
    const before = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++) {
      for (const direction of basis) {
        const along = dot(rest, direction);
        for (let j = 0; j < cols; j++) rest[j] -= along * direction[j];
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    // Whole numbers of this size are either in the span exactly or well away from it.
    if (length > 1e-7 * before) basis.push(rest.map((v) => v / length));
  }
  return basis;
}

/**
 * Points with the Gram matrix `gram(i, j)` of rank `dim`, unit diagonal: pivoted Cholesky.
 *
 * The coordinates of a point are its row of the factor, so n points cost n · dim².
 */
export function fromGram(
  gram: (i: number, j: number) => number,
  count: number,
  dim: number,
  d: number,
): Matrix<Float64Array> {
  const points = zeros64(count, d);
  const { data } = points;
  const left = new Float64Array(count).fill(1);
  for (let b = 0; b < Math.min(dim, count); b++) {
    let pivot = 0;
    for (let i = 1; i < count; i++) if (left[i] > left[pivot]) pivot = i;
    if (left[pivot] < 1e-9) break;
    const root = Math.sqrt(left[pivot]);
    for (let i = 0; i < count; i++) {
      let value = gram(i, pivot);
      for (let j = 0; j < b; j++) value -= data[i * d + j] * data[pivot * d + j];
      data[i * d + b] = value / root;
      left[i] -= (value / root) ** 2;
    }
  }
  return points;
}
