import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { defineComparison } from './define.ts';
import { debiasedAlignment } from './support/hsic.ts';
import { linearParts } from './support/linear-kernels.ts';
import { traceOf } from './support/scatter.ts';
import type { Compared, Pair } from './types.ts';

/**
 * Linear centred kernel alignment:
 *
 *     CKA = HSIC(K, L)/√(HSIC(K, K)·HSIC(L, L)),  K = AAᵀ, L = BBᵀ
 *
 * with A n × dA and B n × dB; 1 for spaces that differ by a rotation, a scale and a shift.
 *
 * Debiased: with the unbiased HSIC, so that independent rows have 0 on average for any n and d (the
 * biased form, ‖AᵀB‖²/(‖AᵀA‖·‖BᵀB‖) of centred rows, reads d/n-like values for them). May be a
 * little negative. Needs 5 rows.
 *
 * @remarks The first number to look at for two models or two layers: it does with fewer rows than
 * dimensions, mean and variance of its null are exact, and it costs O(n·dA·dB). Directions of large
 * variance count most, so a shared common component alone makes it high; `mean-cca` weighs all
 * directions the same, `rbf-cka` and `neighbor-overlap` look at near rows. 1 is the same up to
 * rotation and scale; there is no general threshold for alike.
 * @example
 * import { Random } from 'tammes';
 * import { linearCka } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Unrelated spaces with few rows: about 0, where the biased form is far from it.
 * const a = uniformPoints(40, 20, Random.fromSeed(1));
 * const b = uniformPoints(40, 20, Random.fromSeed(2));
 * console.log((await linearCka({ a, b })).value.toFixed(2)); // -0.01
 * console.log((await linearCka({ a, b }, { estimator: 'biased' })).value.toFixed(2)); // 0.34
 * console.log((await linearCka({ a, b: a })).value.toFixed(2)); // 1.00
 * @function
 */
export const linearCka = /* @__PURE__ */ defineComparison({
  id: 'linear-cka',
  title: 'Linear CKA (debiased)',
  summary: 'How alike the inner products between rows are in both spaces.',
  references: [
    cite(sources.similarityRevisited, 'Section 3: CKA with a linear kernel'),
    cite(sources.dependenceMaximization, 'Theorem 2, Eq. 5: the unbiased estimate of HSIC'),
    cite(
      sources.partialDistanceCorrelation,
      'the U-centred inner product; variance 2/(n(n−3)) under permutation',
    ),
  ],
  deviations: [
    'Debiased by default; the paper’s own biased form is the option “biased”, named in its warning.',
  ],
  options: {
    estimator: choice(
      ['debiased', 'biased'],
      'debiased',
      'The unbiased HSIC, or the biased one of the paper, which overstates likeness when n is small.',
    ),
  },
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { estimator }) {
    if (pair.n < 5) return { value: NaN, warnings: [`needs 5 rows; got ${pair.n}.`] };
    const even = pair.evened();
    const debiased = debiasedAlignment(await linearParts(even));
    return estimator === 'debiased' ? debiased : biased(even, debiased);
  },
});

async function biased(pair: Pair, debiased: Compared): Promise<Compared> {
  const { a, b, cross } = await pair.scatters();
  const scale = Math.sqrt(squaredNorm(a.data) * squaredNorm(b.data));
  const chance = (traceOf(a) * traceOf(b)) / (pair.n - 1) / scale;
  const pValue = debiased.null?.pValue === undefined ? {} : { pValue: debiased.null.pValue };
  return {
    value: squaredNorm(cross.data) / scale,
    null: {
      value: chance,
      ...pValue,
      how: 'permuted rows: exact mean; p-value of the debiased form',
    },
    warnings: [`biased: independent rows have ${chance.toPrecision(3)} here, not 0.`],
  };
}
