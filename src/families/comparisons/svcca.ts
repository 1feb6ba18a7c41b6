import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { weightedCorrelation } from './support/canonical.ts';
import type { Scatter } from './types.ts';

/**
 * SVCCA: the mean canonical correlation of the leading principal directions, as many in each space as
 * carry the given share of its variance. Leaves out the small directions, which are mostly noise.
 *
 * @function
 */
export const svcca = /* @__PURE__ */ defineComparison({
  id: 'svcca',
  title: 'SVCCA',
  summary: 'The mean canonical correlation of the directions that carry most of the variance.',
  references: [
    cite(sources.svcca, 'Section 2: singular directions to 99 % of the variance, then CCA'),
    cite(sources.canonicalInfluence, 'the influence of a row on a canonical correlation'),
  ],
  options: {
    variance: number(0.99, 'Share of the variance kept in each space.', { min: 0.01, max: 1 }),
  },
  kind: 'similarity',
  rows: 'paired',
  columns: 'any',
  async compare(pair, { variance }) {
    const { a, b } = await pair.axes();
    const ranks = { a: leading(a, variance), b: leading(b, variance) };
    return weightedCorrelation(pair, ranks, ({ correlations }) =>
      correlations.map(() => 1 / correlations.length),
    );
  },
});

/** The fewest directions with that share of the variance. */
function leading({ values, total }: Scatter, share: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k];
    if (sum >= share * total) return k + 1;
  }
  return values.length;
}
