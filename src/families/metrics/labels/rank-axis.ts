import { gathered } from '../../../core/matrix.ts';
import { averageRanks, spearman } from '../../../core/ranks.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { spearmanInterval } from '../../../numerics/statistics/intervals.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import { principalCoordinates } from './support/linear-probe.ts';
import { type AxisFit, axisFitter, dependenceOfAxis } from './support/rank-axis.ts';
import { permutedLaw } from './support/shuffled-null.ts';

const FEWEST = 10;
/** Mean variance of a column of unit rows that rounding alone leaves. */
const NOTHING = 1e-12;
/** Numbers that the coordinates of the rows may take. */
const MOST_COORDINATES = 4e6;
const FEWEST_SAMPLED = 2000;
/** Products that the shuffles may take. */
const MOST_PRODUCTS = 2.5e8;
const LISTED = 100;
const STRIPS = 20;

/**
 * Rank axis: how well one linear axis puts left-out rows in the order of their scores.
 *
 *     ρ = corr(rank pᵢ, rank sᵢ),   pᵢ = ⟨w₋ᵢ, xᵢ⟩
 *
 * Spearman's, with sᵢ the `scores` given in the run's options and w₋ᵢ the axis learnt from all rows but
 * the unit row xᵢ. 1 where the space orders the rows as the scores do, 0 where it knows nothing of them.
 *
 * The axis is ridge regression of the scores' ranks on the unit rows, with the penalty (10⁻³ to 10 times
 * the mean variance of a column) whose squared error over left-out rows is least. Leaving a row out needs
 * no new fit, ŷ₋ᵢ = (ŷᵢ − hᵢ yᵢ)/(1 − hᵢ); the intercept, which knows the row's score, is taken off. Rows
 * without a score (NaN) are left out; beyond 4,000,000/d rows (but 2,000) a seeded sample stands for all.
 *
 * Rows whose place is more than half of all ranks from their score are listed, farthest first. `series`
 * has the mean place, 0 to 1, in 20 strips of rising score. The null is that of shuffled scores, with a
 * p-value. NaN with fewer than 10 scores, where all are equal, and where all rows are equal.
 *
 * @remarks Use it to ask whether a space holds an order, such as age, price or sentiment, that one
 * direction can sort by. A monotone change of the scores changes nothing. Near 0 it may still hold the
 * order along a curve; slightly below 0 is what left-out rows give where there is none. −1 to 1, larger
 * is better; for names in place of numbers see `linear-probe-accuracy`. Costs O(n d min(n, d)), and
 * several times that for null and interval.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { rankAxis } from 'tammes/metrics';
 *
 * // Rows about a pole; the second coordinate is the score, then its cube, then something else.
 * const random = Random.fromSeed(1);
 * const points = zeros(200, 6);
 * for (let e = 0; e < points.data.length; e++) points.data[e] = e % 6 === 0 ? 4 : random.normal();
 * const scores = Float64Array.from({ length: 200 }, (_, i) => points.data[6 * i + 1]);
 * const { value } = await rankAxis(points, {}, { scores });
 * console.log(value.toFixed(2)); // 1.00
 * const cubed = await rankAxis(points, {}, { scores: scores.map((x) => x ** 3) });
 * console.log(cubed.value === value); // true
 * const other = await rankAxis(points, {}, { scores: scores.map(() => random.normal()) });
 * console.log((other.low ?? 1) < 0 && (other.high ?? -1) > 0); // true
 * @function
 */
export const rankAxis = /* @__PURE__ */ defineMetric({
  id: 'rank-axis',
  group: 'labels',
  range: [-1, 1],
  needs: 'scores',
  title: 'Rank axis',
  summary: 'How well one linear axis puts left-out rows in the order of their scores.',
  references: [
    cite(
      papers.onTheRankabilityOfVisualEmbeddings,
      'rankability: the rank correlation of scores and projections on a linear axis',
    ),
    cite(
      sources.sampleSizeForCorrelations,
      'the interval: variance (1 + r²/2)/(n − 3) after Fisher’s transformation',
    ),
  ],
  deviations: [
    'The axis is fitted to ranks: a monotone change of the scores changes nothing.',
    'Rows are left out one by one in place of a test set.',
    'The variance of the interval is widened, as rows share one axis: twofold where there is none.',
  ],
  options: {},
  async measure(space) {
    const { scores = new Float64Array(0) } = space;
    const known = [...scores.keys()].filter((i) => !Number.isNaN(scores[i]));
    if (known.length < FEWEST) {
      return {
        value: NaN,
        warnings: [
          `${known.length} rows with a score are too few for an axis: ${FEWEST} are needed.`,
        ],
      };
    }
    const rows = sampled(space, known);
    const own = rows.map((i) => scores[i]);
    const ranks = averageRanks(own);
    if (ranks.every((rank) => rank === ranks[0])) {
      return { value: NaN, warnings: ['all scores are equal.'] };
    }
    const points = gathered(space.points, rows);
    const principal = await principalCoordinates(points, space.engine);
    if (principal.level < NOTHING) return { value: NaN, warnings: ['all rows are equal.'] };
    const placesFrom = axisFitter(principal, space.engine);
    const [places] = await placesFrom([ranks]);
    const value = spearman(places, ranks);
    const m = rows.length;
    const wider = await dependenceOfAxis(space.random('rank axis'), points, ranks, space.engine);
    const placed = averageRanks(places);
    return {
      value,
      ...spearmanInterval(value, m, wider),
      warnings:
        m < known.length ? [`from a sample of ${m} of the ${known.length} rows with a score.`] : [],
      rows: farthest(placed, ranks).map((i) => rows[i]),
      series: strips(placed, ranks),
      null: await shuffledScores(space, placesFrom, ranks, value, m * points.cols),
    };
  },
});

function sampled(space: Space, known: readonly number[]): number[] {
  const most = Math.max(FEWEST_SAMPLED, Math.floor(MOST_COORDINATES / space.points.cols));
  if (known.length <= most) return [...known];
  const drawn = space.random('rank axis rows').sample(known.length, most).sort();
  return Array.from(drawn, (at) => known[at]);
}

async function shuffledScores(
  space: Space,
  placesFrom: AxisFit,
  ranks: Float64Array,
  observed: number,
  size: number,
) {
  const draws = Math.max(10, Math.min(100, Math.floor(MOST_PRODUCTS / (6 * size))));
  const shuffled = Array.from({ length: draws }, (_, r) => {
    const order = space.random('shuffled scores').fork(r).sample(ranks.length);
    return ranks.map((_, i) => ranks[order[i]]);
  });
  const places = await placesFrom(shuffled);
  const values = places.map((along, r) => spearman(along, shuffled[r]));
  return permutedLaw(values, observed, `${draws} times shuffled scores`, { range: [-1, 1] });
}

/** Rows that the axis puts more than half of all ranks from their score. */
function farthest(placed: Float64Array, ranks: Float64Array): number[] {
  const gap = placed.map((place, i) => Math.abs(place - ranks[i]));
  const far = [...gap.keys()].filter((i) => gap[i] > gap.length / 2);
  return far.sort((a, b) => gap[b] - gap[a] || a - b).slice(0, LISTED);
}

function strips(placed: Float64Array, ranks: Float64Array) {
  const n = ranks.length;
  const sums = new Float64Array(STRIPS);
  const counts = new Float64Array(STRIPS);
  for (let i = 0; i < n; i++) {
    const strip = Math.floor(((ranks[i] - 0.5) / n) * STRIPS);
    sums[strip] += (placed[i] - 0.5) / n;
    counts[strip] += 1;
  }
  const filled = [...counts.keys()].filter((strip) => counts[strip] > 0);
  return {
    x: Float64Array.from(filled, (strip) => (strip + 0.5) / STRIPS),
    y: Float64Array.from(filled, (strip) => sums[strip] / counts[strip]),
    xName: 'rank of the score, as a share',
    yName: 'mean place along the axis',
  };
}
