import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { gaussianParts } from './support/gaussian-kernels.ts';
import { debiasedAlignment } from './support/hsic.ts';

/**
 * CKA with Gaussian kernels, kᵢⱼ = exp(−‖xᵢ − xⱼ‖²/(2(s·m)²)), m the median distance in each space:
 * sees near rows more than linear CKA does. Debiased as `linear-cka` is, so 0 on average for
 * independent rows. From a sample of rows where there are many; its error is in the interval.
 *
 * @function
 */
export const rbfCka = /* @__PURE__ */ defineComparison({
  id: 'rbf-cka',
  title: 'RBF CKA (debiased)',
  summary: 'How alike Gaussian kernels of the distances between rows are in both spaces.',
  references: [
    cite(
      sources.similarityRevisited,
      'Section 3: CKA with an RBF kernel, width as a share of the median distance',
    ),
    cite(sources.dependenceMaximization, 'Theorem 2, Eq. 5: the unbiased estimate of HSIC'),
  ],
  deviations: ['Debiased; the paper’s form is biased.'],
  options: {
    bandwidth: number(1, 'Width of the kernel in median distances.', {
      min: 0.01,
      max: 100,
      symbol: 's',
    }),
  },
  kind: 'similarity',
  rows: 'paired',
  columns: 'any',
  async compare(pair, { bandwidth }) {
    if (pair.n < 5) return { value: NaN, warnings: [`needs 5 rows; got ${pair.n}.`] };
    return debiasedAlignment(await gaussianParts(pair, bandwidth));
  },
});
