import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { gaussianParts } from './support/gaussian-kernels.ts';
import { debiasedAlignment } from './support/hsic.ts';

/**
 * CKA with Gaussian kernels: sees near rows more than linear CKA does.
 *
 *     CKA = HSIC(K, L)/√(HSIC(K, K)·HSIC(L, L))
 *     kᵢⱼ = exp(−‖aᵢ − aⱼ‖²/(2(s·m)²)),  lᵢⱼ likewise from B
 *
 * with A n × dA, B n × dB, and m the median distance in each space. Debiased as `linear-cka` is, so
 * 0 on average for independent rows. From a sample of rows where there are many; its error is in
 * the interval.
 *
 * @remarks Use it beside `linear-cka`: where it is lower, large distances agree and near ones do
 * not. A small s (0.2 to 0.5) looks at near rows only, a large one tends to linear CKA. 1 for
 * spaces that differ by a rotation, a scale and a shift. O(m²(dA + dB)) for m rows, 2,000 at most
 * by default.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { linearCka, rbfCka } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Two groups far apart, in both spaces; within groups the rows have nothing in common.
 * const n = 400;
 * const groups = (seed: number) => {
 *   const within = uniformPoints(n, 5, Random.fromSeed(seed));
 *   return matrix(within.data.map((x, i) => x + (i % 5 === 0 && i < 1000 ? 3 : 0)), n, 5);
 * };
 * const pair = { a: groups(1), b: groups(2) };
 * console.log((await linearCka(pair)).value.toFixed(2)); // 0.84
 * console.log((await rbfCka(pair, { bandwidth: 0.2 })).value.toFixed(2)); // 0.05
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
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { bandwidth }) {
    if (pair.n < 5) return { value: NaN, warnings: [`needs 5 rows; got ${pair.n}.`] };
    return debiasedAlignment(await gaussianParts(pair.evened(), bandwidth));
  },
});
