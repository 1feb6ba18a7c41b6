import { ShapeError } from '../../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { alike, type Matrix, matrix, zeros64, zerosLike } from '../../../core/matrix.ts';
import { type Fitted, fittedOf, type Model, type StoredModel } from '../../../learning/index.ts';
import type { PlaceContext } from '../types.ts';
import { mix, shares, squaredDistancesTo } from './blended-maps.ts';
import { scaled } from './coder.ts';

/** Where rows lie under blended linear maps, in the units of the rows. */
export async function blendedPlaces(
  { settings, arrays: { mean, centers, maps, widths } }: Fitted,
  rows: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const [deviation, dim] = [Number(settings['deviation']), Number(settings['dim'])];
  const x = scaled(rows, mean.data, deviation);
  const each = await engine.matmul(x, alike(maps, x), { transposeB: true }, work);
  const weights = shares(squaredDistancesTo(x, centers), widths.data);
  const out = zerosLike({ data: rows.data, rows: rows.rows, cols: dim });
  mix(weights, each.data, out.data, rows.rows, centers.rows, dim);
  for (let e = 0; e < out.data.length; e++) out.data[e] *= deviation;
  return out;
}

/**
 * How much each column moves the map of a `gaussian-linear` at each row: ‖column of Σ_g a_g(x)·W_g‖, r × d. A column of little
 * influence everywhere does not matter to the map.
 */
export async function influenceOf(
  model: StoredModel | Model,
  given: GivenPoints,
): Promise<Matrix<Float64Array>> {
  const { x, weights, fitted } = await blendAt('influenceOf', model, given);
  const { maps } = fitted.arrays;
  const m = Number(fitted.settings['dim']);
  const d = x.cols;
  const out = zeros64(x.rows, d);
  for (let i = 0; i < x.rows; i++) {
    const own = blendedMap(weights, i, maps, m);
    for (let r = 0; r < m; r++) {
      for (let c = 0; c < d; c++) out.data[i * d + c] += own[r * d + c] ** 2;
    }
  }
  return matrix(out.data.map(Math.sqrt), x.rows, d);
}

/**
 * By how much the map of a `gaussian-linear` stretches lengths at each row: ‖J‖_F/√m with J its m × d derivative there, 1 where it
 * keeps the lengths of m directions and shows no others. With a direction for each row, ‖J·u‖/‖u‖ along it.
 */
export async function expansionOf(
  model: StoredModel | Model,
  given: GivenPoints,
  directions?: Matrix,
): Promise<Float64Array> {
  const { x, weights, fitted } = await blendAt('expansionOf', model, given);
  const m = Number(fitted.settings['dim']);
  const d = x.cols;
  if (directions && (directions.rows !== x.rows || directions.cols !== d))
    throw new ShapeError(
      'expansionOf',
      `a direction of ${d} for each of ${x.rows} rows`,
      `${directions.rows} × ${directions.cols}`,
    );
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const derivative = derivativeAt(x, i, weights, fitted.arrays, m);
    if (!directions) return Math.sqrt(squaredSum(derivative) / m);
    const along = directions.data.subarray(i * d, (i + 1) * d);
    let squares = 0;
    for (let r = 0; r < m; r++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += derivative[r * d + c] * along[c];
      squares += sum * sum;
    }
    return Math.sqrt(squares / squaredSum(along));
  });
}

/** What a model makes of rows: scaled, and the shares of the maps at each. */
async function blendAt(where: string, model: StoredModel | Model, given: GivenPoints) {
  const fitted = await fittedOf('reduction/gaussian-linear', model);
  const rows = givenPoints(where, given);
  const { mean, centers, widths } = fitted.arrays;
  if (rows.cols !== mean.cols) throw new ShapeError(where, `rows of ${mean.cols}`, `${rows.cols}`);
  const x = scaled(rows, mean.data, Number(fitted.settings['deviation']));
  return { x, weights: shares(squaredDistancesTo(x, centers), widths.data), fitted };
}

/** Σ_g a_g·W_g of row i, m × d. */
function blendedMap(weights: Float64Array, i: number, maps: Matrix, m: number): Float64Array {
  const size = m * maps.cols;
  const count = maps.data.length / size;
  const out = new Float64Array(size);
  for (let g = 0; g < count; g++) {
    const weight = weights[i * count + g];
    if (weight === 0) continue;
    for (let e = 0; e < size; e++) out[e] += weight * maps.data[g * size + e];
  }
  return out;
}

/** Σ_g a_g·W_g + Σ_g (W_g·x)·∇a_gᵀ of row i, with ∇a_g = a_g·(Σ_h a_h·v_h − v_g), v_g = 2(x − μ_g)/|s_g|. */
function derivativeAt(
  x: Matrix,
  i: number,
  weights: Float64Array,
  { centers, maps, widths }: Fitted['arrays'],
  m: number,
): Float64Array {
  const d = x.cols;
  const count = centers.rows;
  const slope = (g: number, c: number) =>
    (2 * (x.data[i * d + c] - centers.data[g * d + c])) / Math.abs(widths.data[g]);
  const meanSlope = new Float64Array(d);
  for (let g = 0; g < count; g++) {
    const weight = weights[i * count + g];
    if (weight > 0) for (let c = 0; c < d; c++) meanSlope[c] += weight * slope(g, c);
  }
  const out = blendedMap(weights, i, maps, m);
  for (let g = 0; g < count; g++) {
    const weight = weights[i * count + g];
    if (weight === 0) continue;
    for (let r = 0; r < m; r++) {
      let place = 0;
      for (let c = 0; c < d; c++) place += maps.data[(g * m + r) * d + c] * x.data[i * d + c];
      for (let c = 0; c < d; c++) out[r * d + c] += place * weight * (meanSlope[c] - slope(g, c));
    }
  }
  return out;
}

function squaredSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let e = 0; e < values.length; e++) sum += values[e] * values[e];
  return sum;
}
