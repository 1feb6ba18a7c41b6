import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { meanEstimate, normalInterval } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { simulatedExpectation } from './support/statistics.ts';
import { unitSides } from './support/unit-sides.ts';

const PERMUTATIONS = 199;

/**
 * How much nearer than the nearest other row of the other side a row's partner is:
 *
 *     mean of both sides of (1/n) Σᵢ (‖aᵢ − bᵢ‖² − min_{j≠i} ‖aᵢ − bⱼ‖²)
 *
 * A and B n × d, as unit rows, row i of both about one thing. Below 0 where partners are nearest as a rule, above it
 * where others are; between −4 and 4.
 *
 * @remarks Use it for two towers beside recall: recall says whether the partner is nearest, this by how much it wins
 * or loses. It falls with fewer rows, which bring fewer near others: compare values of equally many. The null permutes
 * the rows. At most 2,000 pairs are asked: O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { relativeAlignment } from 'tammes/comparisons';
 *
 * // Partners at distance 0, all others at √2.
 * const a = matrix(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3, 3);
 * console.log((await relativeAlignment({ a, b: a })).value.toFixed(3)); // -2.000
 * @function
 */
export const relativeAlignment = /* @__PURE__ */ defineComparison({
  id: 'relative-alignment',
  title: 'Relative alignment',
  summary: 'Squared distance of partners less that to the nearest other row of the other side.',
  references: [
    cite(papers.geodesicMultiModalMixup, 'relative alignment, beside uniformity of both sides'),
  ],
  deviations: ['The mean of both directions; the paper’s code takes one.'],
  options: {},
  kind: 'distance',
  range: [-4, 4],
  rows: 'paired',
  columns: 'same',
  async compare(pair) {
    const { a, b, warnings, drawn } = unitSides(pair, pair.sample);
    const n = a.rows;
    if (n < 2)
      return { value: NaN, warnings: [...warnings, `needs 2 pairs with a direction; got ${n}.`] };
    const { data: cosines } = await pair.engine.matmul(a, b, true, pair.work);
    const sides = [nearestOf(cosines, n, n, 1), nearestOf(cosines, n, 1, n)];
    const own = Int32Array.from({ length: n }, (_, i) => i);
    const marginsFor = (partners: Int32Array) => margins(cosines, sides, partners);
    const estimate = normalInterval(meanEstimate(marginsFor(own)));
    const random = pair.random('partners');
    const draws = Array.from(
      { length: PERMUTATIONS },
      (_, r) => meanEstimate(marginsFor(random.fork(r).sample(n))).value,
    );
    const how = `permuted rows: ${drawn}${PERMUTATIONS} permutations`;
    return {
      ...estimate,
      null: simulatedExpectation(draws, estimate.value, 'small', how),
      warnings,
    };
  },
});

/** For each row: the largest cosine with the other side, where it is, and the largest elsewhere. */
interface Nearest {
  readonly places: Int32Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function nearestOf(
  cosines: ArrayLike<number>,
  n: number,
  rowStep: number,
  columnStep: number,
): Nearest {
  const places = new Int32Array(n);
  const [first, second] = [new Float64Array(n).fill(-2), new Float64Array(n).fill(-2)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const cosine = cosines[i * rowStep + j * columnStep];
      if (cosine > first[i]) {
        second[i] = first[i];
        first[i] = cosine;
        places[i] = j;
      } else if (cosine > second[i]) second[i] = cosine;
    }
  }
  return { places, first, second };
}

/** Of each pair (i, partners[i]): the mean of both sides of 2·(nearest other cosine − own cosine). */
function margins(
  cosines: ArrayLike<number>,
  [ofA, ofB]: readonly Nearest[],
  partners: Int32Array,
): Float64Array {
  const n = partners.length;
  const other = ({ places, first, second }: Nearest, i: number, partner: number) =>
    places[i] === partner ? second[i] : first[i];
  return Float64Array.from(
    partners,
    (j, i) => other(ofA, i, j) + other(ofB, j, i) - 2 * cosines[i * n + j],
  );
}
