import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Space } from '../contract.ts';
import { type Classes, classesOfRows, transposedProduct } from './classes.ts';
import { covarianceOf } from './covariance.ts';
import { doublyCentered } from './group-spectra.ts';
import { transposed, zerosOf } from './transposed.ts';

/** Principal coordinates of rows, and the variance along each. */
export interface PrincipalCoordinates {
  /** n × r, centred, in the rows' element type. */
  readonly coordinates: Matrix;
  readonly values: Float64Array;
  /** Mean variance, tr Σ / d. */
  readonly level: number;
}

/** Through the smaller of XᵀX and XXᵀ. */
export async function principalCoordinates(
  points: Matrix,
  engine: Engine,
): Promise<PrincipalCoordinates> {
  const { rows: n, cols: d } = points;
  if (n < d) {
    const { values, vectors } = await engine.linalg.eigh(
      doublyCentered(await engine.gram(transposed(points))),
    );
    const coordinates = zerosOf(points, n, n);
    for (let k = 0; k < n; k++) {
      const sigma = Math.sqrt(Math.max(0, values[k]));
      for (let i = 0; i < n; i++) coordinates.data[i * n + k] = sigma * vectors.data[k * n + i];
    }
    const scaled = values.map((value) => Math.max(0, value) / n);
    return { coordinates, values: scaled, level: scaled.reduce((sum, x) => sum + x, 0) / d };
  }
  const { mean, values, vectors } = await covarianceOf(
    points,
    await engine.gram(points),
    engine.linalg,
  );
  const centered = zerosOf(points, n, d);
  for (let e = 0; e < centered.data.length; e++) centered.data[e] = points.data[e] - mean[e % d];
  const basis = zerosOf(points, d, d);
  basis.data.set(vectors.data);
  const coordinates = await engine.matmul(centered, basis, true);
  return { coordinates, values, level: values.reduce((sum, x) => sum + x, 0) / d };
}

/** A linear classifier's predictions on the rows it was fitted to. */
export interface ProbeFit {
  /** Class number that the fit without the row itself gives each row. */
  readonly withoutRow: Int32Array;
  /** Class number that the fit to all rows gives each row. */
  readonly fitted: Int32Array;
  /** Weights in principal coordinates, r × C. */
  readonly weights: Matrix;
}

/**
 * Ridge regression of the one-hot classes on the centred rows with an intercept: penalty n·a. Leaving a
 * row out needs no new fit: ŷ₋ᵢ = (ŷᵢ − hᵢ yᵢ)/(1 − hᵢ), hᵢ = 1/n + Σ_k z_ik²/(n(λ_k + a)).
 */
export async function ridgeProbe(
  { coordinates, values }: PrincipalCoordinates,
  classes: Classes,
  penalty: number,
  engine: Engine,
): Promise<ProbeFit> {
  const { rows: n, cols: r } = coordinates;
  const c = classes.names.length;
  const hot = zerosOf(coordinates, n, c);
  for (let i = 0; i < n; i++) hot.data[i * c + classes.of[i]] = 1;
  const weights = await transposedProduct(coordinates, hot, engine);
  const inverse = values.map((value) => 1 / (n * (value + penalty)));
  for (let e = 0; e < weights.data.length; e++) weights.data[e] *= inverse[Math.floor(e / c)];
  const { data: scores } = await engine.matmul(coordinates, weights);
  const withoutRow = new Int32Array(n);
  const fitted = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let leverage = 1 / n;
    for (let k = 0; k < r; k++) leverage += coordinates.data[i * r + k] ** 2 * inverse[k];
    let [best, bestWithout] = [-Infinity, -Infinity];
    for (let j = 0; j < c; j++) {
      const score = scores[i * c + j] + classes.counts[j] / n;
      const without = (score - leverage * hot.data[i * c + j]) / Math.max(1e-12, 1 - leverage);
      if (score > best) [best, fitted[i]] = [score, j];
      if (without > bestWithout) [bestWithout, withoutRow[i]] = [without, j];
    }
  }
  return { withoutRow, fitted, weights };
}

/** Numbers that the coordinates of the rows may take. */
const MOST_COORDINATES = 4e6;
const FEWEST_ROWS = 2000;

/** The rows that a probe is fitted to: all, or a seeded sample of many. */
export interface ProbeRows {
  readonly rows: Int32Array;
  readonly points: Matrix;
  readonly classes: Classes;
  readonly principal: PrincipalCoordinates;
}

const known = new WeakMap<Space, Promise<ProbeRows>>();

/** Found once for each space and shared by the metrics that fit probes. */
export function probeRows(space: Space, classes: Classes): Promise<ProbeRows> {
  const made = known.get(space) ?? makeProbeRows(space, classes);
  known.set(space, made);
  return made;
}

async function makeProbeRows(space: Space, classes: Classes): Promise<ProbeRows> {
  const { rows: n, cols: d } = space.points;
  const m = Math.min(n, Math.max(FEWEST_ROWS, Math.floor(MOST_COORDINATES / d)));
  const rows =
    m < n ? space.random('probe').sample(n, m).sort() : Int32Array.from({ length: n }, (_, i) => i);
  const points = m < n ? gathered(space.points, rows) : space.points;
  const principal = await principalCoordinates(points, space.engine);
  return { rows, points, classes: classesOfRows(classes, rows), principal };
}

/** Class means less their mean, over the classes with rows: C × d. */
export function centeredMeans(means: Matrix<Float64Array>): Matrix<Float64Array> {
  const { data, rows: c, cols: d } = means;
  const out = zeros64(c, d);
  for (let e = 0; e < d; e++) {
    let mean = 0;
    for (let k = 0; k < c; k++) mean += data[k * d + e] / c;
    for (let k = 0; k < c; k++) out.data[k * d + e] = data[k * d + e] - mean;
  }
  return out;
}
