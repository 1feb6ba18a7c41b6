import { spearman } from '../../../core/ranks.ts';
import { counted } from '../../../core/text.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { correlationPValue } from '../../../numerics/laws/student.ts';
import { spearmanInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';

const FEWEST = 10;
/** Lengths that differ by less are those of unit rows, rounded. */
const ROUNDING = 1e-5;

/**
 * Rank correlation between the lengths of the rows as they came and how often their items occur.
 *
 *     ρ = corr(rank ‖wᵢ‖, rank fᵢ)
 *
 * Spearman's, with wᵢ the rows before they are scaled, fᵢ the `frequencies` given in the run's options,
 * and mean ranks for equal values. Rows of unknown frequency (NaN) are left out. The null is that of
 * permuted frequencies, mean 0, with a two-sided p-value; the interval goes through Fisher's
 * transformation with variance (1 + ρ²/2)/(m − 3) for the m rows that are left. NaN with fewer than 10 of
 * these, where all lengths or all frequencies are the same, and without frequencies.
 *
 * @remarks Use it to see whether length carries popularity: near 1 frequent items are long and win inner
 * products, near −1 they are short, near 0 length says nothing about it. Then decide between cosine and
 * inner product. It needs lengths, so for vectors that came scaled it does not exist. It sees rank order
 * only; −1 to 1. Costs O(n d + n log n).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { normFrequencyCorrelation } from 'tammes/metrics';
 *
 * // Item i occurs 10⁶/(i + 1) times, and its row is as long as the logarithm of that.
 * const points = uniformPoints(100, 8, Random.fromSeed(1));
 * const frequencies = Float64Array.from({ length: 100 }, (_, i) => 1e6 / (i + 1));
 * for (let e = 0; e < 800; e++) points.data[e] *= Math.log(frequencies[e >> 3]);
 * const { value } = await normFrequencyCorrelation(points, {}, { frequencies });
 * console.log(value.toFixed(3)); // 1.000
 * const reversed = frequencies.toReversed();
 * const opposite = await normFrequencyCorrelation(points, {}, { frequencies: reversed });
 * console.log(opposite.value.toFixed(3)); // -1.000
 * @function
 */
export const normFrequencyCorrelation = /* @__PURE__ */ defineMetric({
  id: 'norm-frequency-correlation',
  group: 'spread',
  range: [-1, 1],
  needs: 'frequencies',
  title: 'Lengths and frequency',
  summary: 'The rank correlation between the lengths of the rows and how often their items occur.',
  references: [
    cite(sources.wordSignificance, 'vector length against term frequency'),
    cite(
      sources.sampleSizeForCorrelations,
      'the interval: variance (1 + r²/2)/(n − 3) after Fisher’s transformation',
    ),
  ],
  options: {},
  measure({ norms, frequencies = new Float64Array(0) }) {
    const known = [...norms.keys()].filter((i) => !Number.isNaN(frequencies[i]));
    const m = known.length;
    if (m < FEWEST) {
      return {
        value: NaN,
        warnings: [
          `${counted(m, 'row with a frequency is', 'rows with a frequency are')} too few for a correlation.`,
        ],
      };
    }
    const lengths = known.map((i) => norms[i]);
    const [least, largest] = lengths.reduce(
      ([a, b], x) => [Math.min(a, x), Math.max(b, x)],
      [Infinity, 0],
    );
    if (largest < least * (1 + ROUNDING)) {
      return {
        value: NaN,
        warnings: ['all rows came with the same length: nothing to correlate.'],
      };
    }
    const value = spearman(
      lengths,
      known.map((i) => frequencies[i]),
    );
    if (Number.isNaN(value)) return { value, warnings: ['all frequencies are equal.'] };
    const wide = Z95 / Math.sqrt(m - 1);
    return {
      value,
      ...spearmanInterval(value, m),
      null: {
        value: 0,
        low: -wide,
        high: wide,
        pValue: correlationPValue(value, m),
        how: 'permuted frequencies: exact mean; asymptotic law',
      },
    };
  },
});
