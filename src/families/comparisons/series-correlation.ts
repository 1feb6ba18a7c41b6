import { exp, log } from '../../core/numeric.ts';
import { averageRanks } from '../../core/ranks.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice } from '../../method/options.ts';
import { jackknifeSpread } from '../../numerics/statistics/jackknife.ts';
import { pearson } from '../../numerics/statistics/pearson.ts';
import { stretchCount, stretchStart } from '../../numerics/statistics/stretches.ts';
import { successiveCosines } from '../../structures/series/successive.ts';
import { defineComparison } from './define.ts';
import { simulatedExpectation } from './support/statistics.ts';

const FEWEST = 5;
const DRAWS = 199;

/**
 * Correlation between the series of similarities of successive rows in A and in B: whether both see the same turns
 * of one text.
 *
 *     a_i = cos(A_i, A_{i+1}),  b_i = cos(B_i, B_{i+1}),  i = 1 … n − 1;   value = r(a, b)
 *
 * A (n × dA) and B (n × dB) hold the same sentences in the order of the text. 1 where both move alike, whatever their
 * levels and ranges. The null moves B's series along by a random number of places, round to its beginning: both series
 * keep their memory, and only their places no longer fit. The interval comes from 20 stretches of the text, left out
 * in turn, on the scale of Fisher's artanh r.
 *
 * @remarks
 * Use it beside `rsa`, which compares all pairs of rows, to choose among sentence encoders for cutting or reading
 * texts. Only for rows whose order means something, and which are the same sentences in both files.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { seriesCorrelation } from 'tammes/comparisons';
 *
 * const turn = (angles) => matrix(Float64Array.from(angles.flatMap((x) => [Math.cos(x), Math.sin(x)])), 30, 2);
 * const walk = Array.from({ length: 30 }, (_, i) => Math.sin(i) + Math.sin(0.3 * i * i));
 * const { value } = await seriesCorrelation({ a: turn(walk), b: turn(walk.map((x) => 0.9 * x)) });
 * console.log(value > 0.9); // true
 *
 * @function
 */
export const seriesCorrelation = /* @__PURE__ */ defineComparison({
  id: 'series-correlation',
  title: 'Correlation of successive cosines',
  summary: 'Whether both spaces see the same turns in rows that stand in an order.',
  inOrder: true,
  references: [
    cite(
      papers.comparativeStudySentenceEmbeddingSemanticVariation,
      'correlations between the similarity series of encoders',
    ),
  ],
  options: {
    correlation: choice(
      ['pearson', 'spearman'],
      'pearson',
      'Of the cosines themselves, or of their ranks.',
    ),
  },
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  compare(pair, { correlation }) {
    const n = pair.all.a.rows;
    if (n < FEWEST) return { value: NaN, warnings: [`needs ${FEWEST} rows; got ${n}.`] };
    const ranked = (x: Float64Array) => (correlation === 'spearman' ? averageRanks(x) : x);
    const a = ranked(successiveCosines(pair.all.a));
    const b = ranked(successiveCosines(pair.all.b));
    const value = pearson(a, b);
    if (!Number.isFinite(value)) {
      return {
        value: NaN,
        warnings: ['successive rows are equally alike all along in one space.'],
      };
    }
    const random = pair.random('series');
    const draws = Array.from({ length: DRAWS }, () => {
      const by = 1 + random.integer(b.length - 1);
      return pearson(
        a,
        Float64Array.from(b, (_, i) => b[(i + by) % b.length]),
      );
    });
    const how = `B’s series moved along by ${DRAWS} random numbers of places; mean`;
    return {
      value,
      ...intervalOf(a, b, value),
      null: simulatedExpectation(draws, value, 'large', how),
    };
  },
});

/** By the jackknife over stretches, on the scale of artanh r. */
function intervalOf(a: Float64Array, b: Float64Array, value: number) {
  const stretches = stretchCount(a.length);
  if (stretches < 3) return {};
  const without = Array.from({ length: stretches }, (_, g) => {
    const [from, to] = [0, 1].map((e) => stretchStart(a.length, stretches, g + e));
    const rest = (x: Float64Array) => x.filter((_, i) => i < from || i >= to);
    return fisher(pearson(rest(a), rest(b)));
  });
  const half = jackknifeSpread(without);
  if (!Number.isFinite(half)) return {};
  return {
    low: Math.min(value, tanh(fisher(value) - half)),
    high: Math.max(value, tanh(fisher(value) + half)),
  };
}

/** artanh r, finite for r = ±1. */
function fisher(r: number): number {
  const inside = Math.max(-1 + 1e-15, Math.min(1 - 1e-15, r));
  return log((1 + inside) / (1 - inside)) / 2;
}

function tanh(x: number): number {
  return 1 - 2 / (exp(2 * x) + 1);
}
