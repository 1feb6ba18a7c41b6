import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import {
  balancedSpace,
  clusterJackknife,
  clustersOption,
  tooFewRows,
} from './support/balanced-space.ts';
import { permutedLaw } from './support/shuffled-null.ts';

const SHUFFLES = 100;
const LISTED = 100;

/**
 * Loss coherence: whether rows that lie near one another have like scores, such as the loss of a model on each document.
 *
 *     Σ_c Σ_{i∈c} (sᵢ − s̄_c)²/(m − k)  over  Σᵢ (sᵢ − s̄)²/(m − 1)
 *
 * with s the `scores` of the run, m of them known, and c the k clusters of balanced k-means on the unit rows (n × d). 0 where
 * a cluster says the score, 1 on average for clusters that have nothing to do with it, above 1 by chance alone. `perRow`
 * has the `cluster` of each row and how far its score is `above` the mean of the others of its cluster; `rows` lists the
 * farthest. The null is that of shuffled scores, with a p-value; the interval leaves out parts of the clusters. Of more than
 * 20,000 rows a seeded sample stands for all.
 *
 * @remarks
 * Use it to choose the embedding that picks training data: where near documents have near losses, what was learned from one
 * says something of the next, and duplicates in kind show. Compare embeddings at one number of clusters: more clusters are
 * tighter and read lower. Smaller is better; see `cluster-purity` for sources, and `rank-axis` for an order along one line.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { lossCoherence } from 'tammes/metrics';
 *
 * // Two bundles of directions; the loss is 1 in one and 3 in the other, then the same in both.
 * const angles = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 0 : 1.5) + i / 100);
 * const points = matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 16, 2);
 * const known = Float64Array.from(angles, (_, i) => (i % 2 === 0 ? 1 : 3));
 * console.log((await lossCoherence(points, { clusters: 2 }, { scores: known })).value); // 0
 * const other = known.map((_, i) => (i % 4 < 2 ? 1 : 3));
 * console.log((await lossCoherence(points, { clusters: 2 }, { scores: other })).value > 1); // true
 *
 * @function
 */
export const lossCoherence = /* @__PURE__ */ defineMetric({
  id: 'loss-coherence',
  group: 'labels',
  range: [0, Infinity],
  needs: 'scores',
  title: 'Loss coherence',
  summary: 'The variance of scores within balanced clusters over that of all.',
  references: [
    cite(
      papers.analyzingSimilarityMetricsDataSelectionLmPretraining,
      'the variance of losses within clusters over the total variance',
    ),
  ],
  deviations: [
    'Variances are unbiased, so that clusters by chance have 1 whatever their number.',
    'Clusters start from halves along the longest directions, and nothing is drawn.',
  ],
  options: { clusters: clustersOption() },
  async measure(space, { clusters }) {
    const n = space.points.rows;
    const balanced = await balancedSpace(space, clusters);
    if (!balanced) return tooFewRows(n);
    const { k, of, rows } = balanced;
    const scores = balanced.space.scores ?? new Float64Array(0);
    const known = Array.from(scores.keys()).filter((i) => !Number.isNaN(scores[i]));
    const own = Float64Array.from(known, (i) => scores[i]);
    const clustersOfKnown = Int32Array.from(known, (i) => of[i]);
    const sums = sumsOf(own, clustersOfKnown, k);
    const value = ratioOf(sums, () => false);
    if (Number.isNaN(value)) return nothing(known.length, k);
    const half = clusterJackknife(k, (isOut) => ratioOf(sums, isOut));
    const random = space.random('shuffled losses');
    const draws = Array.from({ length: SHUFFLES }, (_, r) => {
      const order = random.fork(r).sample(own.length);
      return ratioOf(
        sumsOf(
          own.map((__, i) => own[order[i]]),
          clustersOfKnown,
          k,
        ),
        () => false,
      );
    });
    const above = aboveOthers(scores, of, sums);
    const named = (i: number) => (rows ? rows[i] : i);
    const listed = [...known].sort((i, j) => Math.abs(above[j]) - Math.abs(above[i]) || i - j);
    const spread = (values: Float64Array) => (rows ? valuesOfRows(n, rows, values) : values);
    return {
      value,
      ...(half >= 0 ? { low: Math.max(0, value - half), high: value + half } : {}),
      null: permutedLaw(draws, value, `${SHUFFLES} times shuffled scores`, {
        range: [0, Infinity],
      }),
      rows: listed.slice(0, LISTED).map(named),
      perRow: { cluster: spread(Float64Array.from(of)), above: spread(above) },
      warnings: rows ? [`from a sample of ${rows.length} of the ${n} rows.`] : [],
    };
  },
});

/** Number, sum and Σ of squares of the scores of each cluster, about the mean of all. */
interface Sums {
  readonly mean: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function sumsOf(scores: Float64Array, of: Int32Array, k: number): Sums {
  const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
  const out = {
    mean,
    counts: new Float64Array(k),
    sums: new Float64Array(k),
    squares: new Float64Array(k),
  };
  for (const [i, c] of of.entries()) {
    const x = scores[i] - mean;
    out.counts[c] += 1;
    out.sums[c] += x;
    out.squares[c] += x * x;
  }
  return out;
}

function ratioOf({ counts, sums, squares }: Sums, isOut: (cluster: number) => boolean): number {
  let [m, k, sum, all, within] = [0, 0, 0, 0, 0];
  for (const [c, count] of counts.entries()) {
    if (count === 0 || isOut(c)) continue;
    m += count;
    k += 1;
    sum += sums[c];
    all += squares[c];
    within += squares[c] - (sums[c] * sums[c]) / count;
  }
  const total = all - (sum * sum) / m;
  // Scores that are equal but for rounding have no variance to share out.
  if (!(m > k && total > 1e-24 * m * all) || total === 0) return NaN;
  return Math.max(0, within) / (m - k) / (total / (m - 1));
}

function nothing(known: number, k: number) {
  const why =
    known <= k
      ? `${known} rows with a score are too few for ${k} clusters.`
      : 'all scores are equal.';
  return { value: NaN, warnings: [why] };
}

function aboveOthers(
  scores: Float64Array,
  of: Int32Array,
  { mean, counts, sums }: Sums,
): Float64Array {
  return scores.map((score, i) => {
    const c = of[i];
    return score - mean - (sums[c] - (score - mean)) / (counts[c] - 1);
  });
}
