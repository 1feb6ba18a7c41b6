import { gathered, type Matrix, zeros64 } from '../../../../core/matrix.ts';
import { transposed, zerosOf } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { doublyCentered, lessRow } from '../../../../numerics/rows/centered.ts';
import { sumOf } from '../../../../numerics/statistics/averages.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { covarianceOf } from '../../../../structures/spectra/covariance.ts';
import { type Classes, classesOfRows, classMeans } from './classes.ts';

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
    return { coordinates, values: scaled, level: sumOf(scaled) / d };
  }
  const { mean, values, vectors } = await covarianceOf(
    points,
    await engine.gram(points),
    engine.linalg,
  );
  const basis = zerosOf(points, d, d);
  basis.data.set(vectors.data);
  const coordinates = await engine.matmul(lessRow(points, mean), basis, true);
  return { coordinates, values, level: sumOf(values) / d };
}

/** What ridge regression on principal coordinates needs, whatever it predicts. */
export interface Ridge {
  readonly principal: PrincipalCoordinates;
  /** 1/(n(λ_k + a)); r. */
  readonly inverse: Float64Array;
  /** hᵢ = 1/n + Σ_k z_ik²/(n(λ_k + a)): the weight of a row in its own prediction; n. */
  readonly leverage: Float64Array;
}

/** Ridge regression with an intercept and the penalty n·a, a = `ridge` times the mean variance of a column. */
export function ridgeOf(principal: PrincipalCoordinates, ridge: number): Ridge {
  const { data, rows: n, cols: r } = principal.coordinates;
  const penalty = ridge * principal.level;
  const inverse = principal.values.map((value) => 1 / (n * (value + penalty)));
  const leverage = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    leverage[i] = 1 / n;
    for (let k = 0; k < r; k++) leverage[i] += data[i * r + k] ** 2 * inverse[k];
  }
  return { principal, inverse, leverage };
}

/** A linear classifier's predictions on the rows it was fitted to. */
export interface ProbeFit {
  /** Class number that the fit without the row itself gives each row. */
  readonly withoutRow: Int32Array;
  /** By how much that class's score is above the next one's. */
  readonly margin: Float64Array;
  /** Class number that the fit to all rows gives each row. */
  readonly fitted: Int32Array;
  /** The class whose mean is nearest. */
  readonly nearest: Int32Array;
  /** Weights in principal coordinates, C × r. */
  readonly weights: Matrix<Float64Array>;
  /** Class means in principal coordinates, C × r. */
  readonly means: Matrix<Float64Array>;
}

/** Scores that are held at a time. */
const BLOCK = 4e6;

/**
 * Ridge regression of the one-hot classes, whose weights are the class sums over n(λ + a), and the
 * nearest-class-mean rule beside it. Leaving a row out needs no new fit: ŷ₋ᵢ = (ŷᵢ − hᵢ yᵢ)/(1 − hᵢ).
 */
export async function ridgeProbe(
  { principal: { coordinates }, inverse, leverage }: Ridge,
  classes: Classes,
  engine: Engine,
): Promise<ProbeFit> {
  const { rows: n, cols: r } = coordinates;
  const { of, counts } = classes;
  const c = counts.length;
  const means = classMeans(coordinates, classes);
  const weights = zeros64(c, r);
  const squares = new Float64Array(c);
  for (let e = 0; e < c * r; e++) {
    const j = Math.floor(e / r);
    weights.data[e] = counts[j] * means.data[e] * inverse[e % r];
    squares[j] += means.data[e] ** 2;
  }
  const both = zerosOf(coordinates, 2 * c, r);
  both.data.set(weights.data);
  both.data.set(means.data, c * r);
  const fit = {
    withoutRow: new Int32Array(n),
    margin: new Float64Array(n),
    fitted: new Int32Array(n),
    nearest: new Int32Array(n),
  };
  const block = Math.max(1, Math.floor(BLOCK / (2 * c)));
  for (let start = 0; start < n; start += block) {
    const count = Math.min(block, n - start);
    const part = coordinates.data.subarray(start * r, (start + count) * r);
    const { data } = await engine.matmul({ data: part, rows: count, cols: r }, both, true);
    for (let at = 0; at < count; at++) {
      const i = start + at;
      const h = leverage[i];
      let [best, without, second, closest] = [-Infinity, -Infinity, -Infinity, -Infinity];
      for (let j = 0; j < c; j++) {
        const score = data[at * 2 * c + j] + counts[j] / n;
        const left = (score - (of[i] === j ? h : 0)) / Math.max(1e-12, 1 - h);
        const closeness = 2 * data[at * 2 * c + c + j] - squares[j];
        if (score > best) [best, fit.fitted[i]] = [score, j];
        if (left > without) [second, without, fit.withoutRow[i]] = [without, left, j];
        else if (left > second) second = left;
        if (counts[j] > 0 && closeness > closest) [closest, fit.nearest[i]] = [closeness, j];
      }
      fit.margin[i] = without - second;
    }
  }
  return { ...fit, weights, means };
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
