import { gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { unitRows } from '../../../core/rows.ts';
import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { medianInPlace } from '../../../numerics/statistics/averages.ts';
import type { Estimate } from '../../../numerics/statistics/intervals.ts';
import { withoutSelf } from '../../../structures/neighbors/neighbor-lists.ts';
import type { Space } from '../../../structures/space/types.ts';
import { covarianceOf } from '../../../structures/spectra/covariance.ts';
import { defineMetric } from '../define.ts';
import { nearerThan } from './support/nearer-than.ts';

/** Probes of each half, and rows of it that they are compared with. */
const PROBES = 500;
/** Each half must have a second neighbour. */
const FEWEST = 6;
/** A longer row counts as so many medians long: one row is not to be the covariance. */
const LONGEST = 5;

/**
 * Clusterability: how often a row is nearer to the others than a random row of the same covariance.
 *
 *     P(X < Y) + ½ P(X = Y),   X = min_j ‖xᵢ − xⱼ‖,   Y = min_j ‖u − xⱼ‖
 *
 * with xᵢ the n unit rows of R^d and u a probe: a Gaussian row with the mean and covariance of the rows
 * as they came, scaled to unit length. ½, the null, where rows are as even as that law, 1 where they lie
 * in clumps, below ½ where they avoid each other. NaN for fewer than 6 rows; below 50 a warning says that
 * they are few.
 *
 * Rows are split in two halves: mean and covariance of one (of the rows as they came) make the 500 probes
 * that are laid among the other, and the other way round. Probes laid among the rows that they were
 * fitted to would follow these rows' chance directions and lie too near: uniform rows would read 0.29 at
 * n = 5d.
 *
 * Hopkins' test, with distances compared by rank instead of raised to the power d, which only the largest
 * of them would survive, and with a reference that has the rows' own mean and covariance, so that few
 * directions alone do not count as clusters. Of rows that come at unit length the Gaussian law they may
 * have had is not known: they read up to 0.63 where few directions have most of the variance.
 *
 * @remarks Use it before you run a clustering, to see whether there is anything to find: where the
 * interval reaches ½ there is little. It sees clumps at the scale of nearest neighbours, so
 * near-duplicates alone raise it (see `near-duplicates`) and two wide clusters do not (see `dip-test`).
 * It is no count of clusters; for parts that are wholly apart see `components`. Costs O(n d) for each of
 * at most 2,000 rows and probes, and O(n d²).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { clusterability } from 'tammes/metrics';
 *
 * const random = Random.fromSeed(1);
 * const even = await clusterability(uniformPoints(400, 8, random));
 * console.log((even.low ?? 1) < 0.5, (even.high ?? 0) > 0.5); // true true
 *
 * // Tight clusters about twenty places.
 * const centers = uniformPoints(20, 8, random);
 * const points = zeros(400, 8);
 * for (let e = 0; e < points.data.length; e++) {
 *   points.data[e] = centers.data[e % 160] + 0.02 * random.normal();
 * }
 * console.log((await clusterability(points)).value > 0.95); // true
 * @function
 */
export const clusterability = /* @__PURE__ */ defineMetric({
  id: 'clusterability',
  group: 'neighborhoods',
  range: [0, 1],
  title: 'Clusterability (Hopkins, by rank)',
  summary: 'How often a row is nearer to the others than a random row of the same covariance.',
  references: [
    cite(
      sources.distributionOfPlantIndividuals,
      'nearest distances from random places and from individuals',
    ),
  ],
  deviations: [
    'Ranks in place of powers of the distances.',
    'Probes from a Gaussian law of the same mean and covariance in place of uniform ones.',
    'Probes are laid among other rows than those they are fitted to.',
  ],
  options: {},
  async measure(space) {
    const n = space.points.rows;
    if (n < FEWEST)
      return {
        value: NaN,
        warnings: [`${counted(n, 'row is', 'rows are')} too few to be split in two.`],
      };
    const [first, second] = halvesOf(space);
    const there = await comparedWith(space, first, second, 'first');
    const back = await comparedWith(space, second, first, 'second');
    const value = (there.value + back.value) / 2;
    const half = (Z95 * Math.hypot(there.standardError, back.standardError)) / 2;
    const [rows, probes] = [2 * Math.min(n >> 1, PROBES), 2 * PROBES];
    const independent = Z95 * Math.sqrt((rows + probes + 1) / (12 * rows * probes));
    const spread = Math.max(half, independent);
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(1, value + half),
      null: {
        value: 0.5,
        low: 0.5 - spread,
        high: 0.5 + spread,
        how: 'asymptotic, Gaussian rows of the same mean and covariance',
      },
      warnings:
        n < 50 ? [`${counted(n, 'row is', 'rows are')} few to tell clumps from chance.`] : [],
    };
  },
});

/** Two random halves of the rows, which do not depend on the order they come in. */
function halvesOf(space: Space): readonly [Int32Array, Int32Array] {
  const { data: x, rows: n, cols: d } = space.points;
  const sum = new Float64Array(d);
  for (let i = 0; i < x.length; i++) sum[i % d] += x[i];
  const along = Float64Array.from({ length: n }, (_, i) =>
    sum.reduce((total, value, c) => total + value * x[i * d + c], 0),
  );
  const sorted = Int32Array.from(along.keys()).sort((a, b) => along[a] - along[b] || a - b);
  const drawn = space
    .random('halves')
    .sample(n)
    .map((place) => sorted[place]);
  return [drawn.slice(0, n >> 1), drawn.slice(n >> 1)];
}

/** Rows of one half, and probes like the other half, to the rows of the one. */
async function comparedWith(
  space: Space,
  fitted: Int32Array,
  kept: Int32Array,
  name: string,
): Promise<Estimate> {
  const { points, engine } = space;
  const probes = await gaussianProbes(space, fitted, space.random('probes').fork(name));
  const rows = gathered(points, kept);
  const own = Int32Array.from({ length: Math.min(kept.length, PROBES) }, (_, i) => i);
  const lists = await engine.nearestAmong(gathered(rows, own), rows, 3);
  return nearerThan(
    withoutSelf(lists, own),
    await engine.nearestAmong(probes, rows, 2),
    kept.length,
  );
}

/**
 * Rows μ + Σ^½ g of the mean and covariance of some rows as they came, scaled to unit length. The
 * symmetric root does not depend on the signs or the order of the eigenvectors.
 */
async function gaussianProbes(space: Space, rows: Int32Array, random: Random): Promise<Matrix> {
  const { raw, norms, engine } = space;
  const d = raw.cols;
  const some = gathered(raw, rows);
  const longest = LONGEST * medianInPlace(Float64Array.from(rows, (i) => norms[i]));
  for (const [place, i] of rows.entries()) {
    if (norms[i] <= longest) continue;
    for (let c = 0; c < d; c++) some.data[place * d + c] *= longest / norms[i];
  }
  const { mean, values, vectors } = await covarianceOf(
    some,
    await engine.gram(some),
    engine.linalg,
  );
  const like = (data: Float64Array) =>
    some.data instanceof Float32Array ? Float32Array.from(data) : data;
  const normal = Float64Array.from({ length: PROBES * d }, () => random.normal());
  const basis = matrix(like(vectors.data), d, d);
  const along = await engine.matmul(matrix(like(normal), PROBES, d), basis, true);
  const scaled = Float64Array.from(along.data, (x, i) => x * Math.sqrt(Math.max(0, values[i % d])));
  const out = await engine.matmul(matrix(like(scaled), PROBES, d), basis);
  for (let i = 0; i < out.data.length; i++) out.data[i] += mean[i % d];
  return unitRows('clusterability', out).points;
}
