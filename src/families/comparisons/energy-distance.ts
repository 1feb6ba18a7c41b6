import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { discrepancy, twoSamples } from './support/two-samples.ts';

/**
 * Energy distance of two sets of rows, 2E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖: 0 if and only if the laws
 * are the same. Unbiased, so 0 on average for rows of one law, then also negative; it is a squared
 * distance and no root is taken. No kernel width to choose.
 *
 * @function
 */
export const energyDistance = /* @__PURE__ */ defineComparison({
  id: 'energy-distance',
  title: 'Energy distance of two sets',
  summary: 'How much farther rows of different sets are from one another than rows of one set.',
  references: [
    cite(
      sources.energyStatistics,
      'Section 2: the energy distance; Section 4: the two-sample test',
    ),
  ],
  deviations: ['Unbiased: no row is paired with itself.'],
  options: {},
  kind: 'distance',
  rows: 'unpaired',
  columns: 'same',
  async compare(pair) {
    const samples = await twoSamples(pair);
    const kernel = samples.squared.map((squared) => -Math.sqrt(squared));
    return discrepancy(kernel, samples, pair.random('permuted'));
  },
});
