import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { counted } from '../../core/text.ts';
import { defineMetric, type Space } from '../contract.ts';
import { Z95 } from '../shared/intervals.ts';
import { mannWhitney } from '../shared/mann-whitney.ts';
import { NO_PAIR } from '../shared/nearest-angles.ts';

const PROBES = 500;

/**
 * Clusterability: the probability that a row is nearer to its nearest row than a probe is to its
 * nearest row, probes being Gaussian rows of the same mean and covariance, scaled to unit length. ½
 * where rows are as even as that law, 1 where they lie in clumps, below ½ where they avoid each other.
 *
 * Reads low by up to about 2d/n: probes are fitted to the rows that they are compared with.
 *
 * Hopkins' test, with distances compared by rank instead of raised to the power d, which only the
 * largest of them would survive, and with a reference that has the rows' own mean and covariance, so
 * that few directions alone do not count as clusters.
 *
 * @function
 */
export const clusterability = /* @__PURE__ */ defineMetric({
  id: 'clusterability',
  group: 'neighborhoods',
  title: 'Clusterability (Hopkins, by rank)',
  summary: 'How often a row is nearer to the others than a random row of the same covariance.',
  references: [
    {
      authors: 'Hopkins, Skellam',
      title: 'A New Method for determining the Type of Distribution of Plant Individuals',
      year: 1954,
      source: 'doi:10.1093/oxfordjournals.aob.a083391',
      part: 'nearest distances from random places and from individuals',
    },
    {
      authors: 'DeLong, DeLong, Clarke-Pearson',
      title:
        'Comparing the Areas under Two or More Correlated Receiver Operating Characteristic Curves: A Nonparametric Approach',
      year: 1988,
      source: 'doi:10.2307/2531595',
      part: 'variance of the Mann-Whitney statistic',
    },
  ],
  deviations: [
    'Ranks in place of powers of the distances.',
    'Probes from a Gaussian law of the same mean and covariance in place of uniform ones.',
  ],
  options: {},
  async measure(space) {
    const { points, engine } = space;
    const n = points.rows;
    if (n < 2) return NO_PAIR;
    const random = space.random('probes');
    const probes = await gaussianProbes(space, random.fork('gaussian'));
    const near = await engine.nearestAmong(probes, points, 1);
    const graph = await space.nearest(1);
    const own = random.sample(graph.n, Math.min(graph.n, PROBES));
    const rows = Float64Array.from(own, (i) => graph.distances[i]);
    const { value, standardError } = mannWhitney(rows, near.distances);
    const half = Z95 * standardError;
    // Probes follow the chance directions of these very rows, and so come nearer to them.
    const fitted = Math.min(0.5, (2 * space.points.cols) / n);
    const spread = Z95 * Math.sqrt((rows.length + PROBES + 1) / (12 * rows.length * PROBES));
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(1, value + half),
      null: {
        value: 0.5,
        low: 0.5 - spread - fitted,
        high: 0.5 + spread,
        how: 'asymptotic, Gaussian rows of the same mean and covariance; the low end allows for their being fitted',
      },
      warnings:
        n < 50 ? [`${counted(n, 'row is', 'rows are')} few to tell clumps from chance.`] : [],
    };
  },
});

/**
 * Rows μ + Σ^½ g of the mean and covariance of the unit rows, scaled to unit length. The symmetric root
 * does not depend on the signs or the order of the eigenvectors.
 */
async function gaussianProbes(space: Space, random: Random): Promise<Matrix> {
  const { points, engine } = space;
  const d = points.cols;
  const { mean, values, vectors } = await space.covariance();
  const like = (data: Float64Array) =>
    points.data instanceof Float32Array ? Float32Array.from(data) : data;
  const normal = Float64Array.from({ length: PROBES * d }, () => random.normal());
  const basis = matrix(like(vectors.data), d, d);
  const along = await engine.matmul(matrix(like(normal), PROBES, d), basis, true);
  const scaled = Float64Array.from(along.data, (x, i) => x * Math.sqrt(Math.max(0, values[i % d])));
  const out = await engine.matmul(matrix(like(scaled), PROBES, d), basis);
  for (let i = 0; i < out.data.length; i++) out.data[i] += mean[i % d];
  return unitRows('clusterability', out).points;
}
