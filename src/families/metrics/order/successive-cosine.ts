import { rowNorms } from '../../../core/rows.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { normalTail, Z95 } from '../../../numerics/laws/normal.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { stretchedMean } from '../../../numerics/statistics/stretches.ts';
import { successiveProducts } from '../../../structures/series/successive.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

/** Rows listed, those least like the row before them first. */
const LISTED = 100;

/**
 * Mean cosine between each row and the next one: how smoothly a text, a talk or any other series moves through the
 * space.
 *
 *     a_i = ⟨xᵢ, xᵢ₊₁⟩, i = 1 … n − 1;   value = (1/(n − 1)) Σᵢ a_i       (x: n × d, unit rows)
 *
 * The rows are a series in the order of the file. `series` holds the curve a, one value for each row but the last;
 * `rows` those least like the row before them, the newest things said, first. The null is rows in random order:
 * the mean is then that over all pairs, and mean and variance are exact,
 *
 *     E S²  = (n − 1) B/n₂ + 2(n − 2) (C − B)/n₃ + (n − 2)(n − 3) (A² − 4C + 2B)/n₄,   S = Σᵢ a_i
 *     A = Σ s_ij,  B = Σ s_ij²,  C = Σᵢ (Σⱼ s_ij)²  over i ≠ j,   n_k = n (n − 1) … (n − k + 1)
 *
 * Neighbouring values hang together, so the interval comes from the means of 20 stretches of the series.
 *
 * @remarks
 * Use it on sentences of one document, messages of one conversation or frames of one recording. Beside its null it
 * says whether the order carries meaning at all; a file whose rows stand in no order gives the null.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { successiveCosine } from 'tammes/metrics';
 *
 * const rows = [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]];
 * const text = matrix(Float64Array.from(rows.flat()), 6, 2);
 * const { value, null: shuffled, series } = await successiveCosine(text);
 * console.log(value, shuffled.value.toFixed(2)); // 0.8 0.40
 * console.log(Array.from(series.y).join(' ')); // 1 1 0 1 1
 *
 * @function
 */
export const successiveCosine = /* @__PURE__ */ defineMetric({
  id: 'successive-cosine',
  group: 'order',
  range: [-1, 1],
  title: 'Cosine of successive rows',
  summary: 'The mean cosine between a row and the next one, in the order of the file.',
  inOrder: true,
  references: [
    cite(
      papers.comparativeStudySentenceEmbeddingSemanticVariation,
      'the series of similarities between successive sentences',
    ),
    cite(sources.detectionOfDiseaseClustering, 'moments of a sum over pairs under permutations'),
  ],
  options: {},
  async measure(space) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const y = successiveProducts(space.points);
    const { value, low, high } = stretchedMean(y);
    const order = Int32Array.from(y.keys()).sort((i, j) => y[i] - y[j] || i - j);
    const interval =
      low === undefined || high === undefined
        ? {}
        : { low: Math.max(-1, low), high: Math.min(1, high) };
    return {
      value,
      ...interval,
      null: await inRandomOrder(space, value),
      rows: Array.from(order.subarray(0, LISTED), (i) => i + 1),
      series: { x: Array.from(y.keys()), y, xName: 'place', yName: 'cosine with the next row' },
    };
  },
});

/** The law of the mean of n − 1 successive cosines when the rows are permuted. */
async function inRandomOrder(space: Space, value: number): Promise<NullValue> {
  const { points } = space;
  const { rows: n, cols: d, data } = points;
  const gram = await space.gram();
  const squares = rowNorms(points).map((x) => x * x);
  const total = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) total[c] += data[i * d + c];
  let [all, rowSquares] = [0, 0];
  for (let i = 0; i < n; i++) {
    let sum = -squares[i];
    for (let c = 0; c < d; c++) sum += data[i * d + c] * total[c];
    all += sum;
    rowSquares += sum * sum;
  }
  let pairSquares = 0;
  for (const x of gram.data) pairSquares += x * x;
  for (const x of squares) pairSquares -= x * x;
  const mean = all / (n * (n - 1));
  const same = pairSquares / (n * (n - 1));
  const touching = n > 2 ? (rowSquares - pairSquares) / (n * (n - 1) * (n - 2)) : 0;
  const apart =
    n > 3 ? (all * all - 4 * rowSquares + 2 * pairSquares) / (n * (n - 1) * (n - 2) * (n - 3)) : 0;
  const second =
    same / (n - 1) + (2 * (n - 2) * touching + (n - 2) * (n - 3) * apart) / (n - 1) ** 2;
  const sd = Math.sqrt(Math.max(0, second - mean * mean));
  const how = 'rows in random order: exact mean and variance, normal law';
  const ends = {
    value: mean,
    low: Math.max(-1, mean - Z95 * sd),
    high: Math.min(1, mean + Z95 * sd),
  };
  // Rows that are all alike are so in any order.
  if (!(sd > 1e-7)) return { ...ends, how };
  return { ...ends, pValue: 2 * normalTail(Math.abs(value - mean) / sd), how };
}
