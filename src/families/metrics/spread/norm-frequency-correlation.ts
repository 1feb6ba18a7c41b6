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
 * Spearman's rank correlation between the lengths of the rows as they came and how often their items
 * occur. Rows of unknown frequency (NaN) are left out.
 *
 * @function
 */
export const normFrequencyCorrelation = /* @__PURE__ */ defineMetric({
  id: 'norm-frequency-correlation',
  group: 'spread',
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
