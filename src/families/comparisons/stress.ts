import { gathered, type Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { meanOf, squaresAboutMean } from '../../numerics/statistics/averages.ts';
import { defineComparison } from './define.ts';
import { permutedCorrelation } from './support/dissimilarities.ts';
import { bestScaleStress, pairDistances, products } from './support/distance-stress.ts';
import { around, expectedOf, type Moments } from './support/statistics.ts';
import type { Expected, Pair } from './types.ts';

/** Rows whose pairs are compared: half a million pairs. */
const MOST_ROWS = 1000;
const DISTANCES = ['euclidean', 'angle'] as const;

/**
 * How much the distances in B, a map of A, differ from those in A at the best scale s: Kruskal's stress-1 of a map
 * whose disparities are the distances in A times one number.
 *
 *     √( Σ_{i<j} (‖bᵢ − bⱼ‖ − s‖aᵢ − aⱼ‖)² / Σ_{i<j} ‖bᵢ − bⱼ‖² ) = √(1 − ρ²),
 *     ρ = Σ_{i<j} ‖aᵢ − aⱼ‖‖bᵢ − bⱼ‖ / √( Σ_{i<j} ‖aᵢ − aⱼ‖² Σ_{i<j} ‖bᵢ − bⱼ‖² )
 *
 * with A n × dA and B n × dB; the same when A and B are exchanged. From all pairs of at most 1,000 rows, drawn where
 * there are more. 0 where all distances keep their ratios. With `angle`, distances are those on the sphere: the
 * angles (radians) between rows.
 *
 * Pairs share rows, so the interval comes from leaving out rows, not pairs; the null from permuted rows (Mantel).
 *
 * @remarks Use it where all distances count; large ones decide it. For a map on a sphere take `b: 'angle'`. A
 * map that keeps near rows near and lets far ones lie anywhere has a large stress and a `trustworthiness` near 1. Unrelated rows
 * need not be near 1: distances of many dimensions are all alike, and a map whose distances vary little then has
 * little to lose. O(m²(dA + dB)) for m rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { stress } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Distances times any number keep their ratios; a sphere pressed flat does not keep them.
 * const a = uniformPoints(400, 3, Random.fromSeed(1));
 * const larger = matrix(a.data.map((x) => 4 * x), 400, 3);
 * const flat = matrix(a.data.filter((_, i) => i % 3 < 2), 400, 2);
 * console.log((await stress({ a, b: larger })).value, (await stress({ a, b: flat })).value.toFixed(2)); // 0 0.26
 * @function
 */
export const stress = /* @__PURE__ */ defineComparison({
  id: 'stress',
  title: 'Stress',
  summary:
    'How much the distances in B differ from those in A at the best scale: 0 where ratios are kept.',
  references: [
    cite(sources.goodnessOfFit, 'stress, Formula 1'),
    cite(sources.detectionOfDiseaseClustering, 'mean and variance under permutation'),
  ],
  options: {
    a: choice(DISTANCES, 'euclidean', 'Distance of two rows of A; angle: that on the sphere.'),
    b: choice(DISTANCES, 'euclidean', 'Distance of two rows of B; angle: that on the sphere.'),
  },
  kind: 'distance',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  compare(given, options) {
    const pair = given.evened();
    if (pair.n < 4) return { value: NaN, warnings: [`needs 4 rows; got ${pair.n}.`] };
    const rows = pair.someRows(Math.min(MOST_ROWS, pair.sample));
    const [a, b] = [gathered(pair.a, rows), gathered(pair.b, rows)];
    for (const [name, m] of [
      ['a', a],
      ['b', b],
    ] as const) {
      const zero = options[name] === 'angle' ? zeroRow(m, rows) : undefined;
      if (zero !== undefined)
        return {
          value: NaN,
          warnings: [`row ${zero} of ${name.toUpperCase()} has length zero and no angle.`],
        };
    }
    const x = pairDistances(b, options.b);
    const y = pairDistances(a, options.a);
    const { value, standardError } = bestScaleStress(x, y, rows.length);
    if (Number.isNaN(value)) return { value, warnings: ['all rows of one space are equal.'] };
    return {
      value,
      ...around(value, standardError, 0, 1),
      null: unrelatedStress(pair, x, y, rows.length, value),
    };
  },
});

function zeroRow({ data, cols: d }: Matrix, rows: Int32Array): number | undefined {
  const at = rows.findIndex((_, i) => data.subarray(i * d, (i + 1) * d).every((x) => x === 0));
  return at < 0 ? undefined : rows[at];
}

/** The law of ρ when the rows of one space are permuted, read as stress. */
function unrelatedStress(
  pair: Pair,
  x: Float64Array,
  y: Float64Array,
  m: number,
  value: number,
): Expected {
  const [xx, yy] = products(x, y);
  const lengths = Math.sqrt(xx * yy);
  const mean = (x.length * meanOf(x) * meanOf(y)) / lengths;
  const law = permutedCorrelation(x, y, m, pair.random('mantel'));
  const spread = Math.sqrt(squaresAboutMean(x) * squaresAboutMean(y)) / lengths;
  // Of distances that are all the same, permuted ones are too.
  const moments: Moments = { mean, sd: spread > 0 ? spread * law.sd : 0, skewness: law.skewness };
  const how = `permuted rows: exact mean and variance of ρ, skewness from ${law.draws} permutations`;
  const { low = mean, high = mean, ...found } = expectedOf(moments, otherLeg(value), how);
  return { ...found, value: otherLeg(mean), low: otherLeg(high), high: otherLeg(low) };
}

/** √(1 − x²), of ρ the stress and of the stress ρ; numbers beyond 1 are the law's tail. */
function otherLeg(x: number): number {
  return Math.sqrt(Math.max(0, 1 - Math.max(0, x) ** 2));
}
