import { gathered } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { heldOutCosines, rotatedCosines } from './support/rotation.ts';
import { zeroRowsWarning } from './support/row-cosines.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import type { Pair, PairInput } from './types.ts';

/** Multiplications that the permutations of the null may cost, and their rows. */
const BUDGET = 1e9;
const NULL_ROWS = 1000;

/**
 * Mean cosine between rows of A turned onto B and rows of B, for rows that the rotation was not
 * fitted to.
 *
 *     (1/n) Σᵢ ⟨Qᵀâᵢ, b̂ᵢ⟩,  Q = UVᵀ from the SVD UΣVᵀ of ÂᵀB̂ over the other half of the rows
 *
 * with â and b̂ the unit rows of A (n × dA) and B (n × dB): Q is fitted on one half and judged on
 * the other, and the other way round. The narrower space is padded with zeros, so any dA and dB
 * will do.
 *
 * 1 for spaces that differ by a rotation or reflection, if each half has as many rows as
 * dimensions; fitting and judging on the same rows would find a likeness between independent rows
 * too.
 *
 * @remarks Use it to ask whether one space could be swapped for the other after one rotation, as
 * when an index is to outlive its model. Needs twice as many rows as dimensions, better ten times;
 * with fewer it is too low, and says so. `mean-row-cosine` without a rotation beside it tells
 * whether one is needed. O(n·dA·dB) and a few singular value decompositions.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { rotatedRowCosine } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * const [n, d] = [500, 6];
 * const a = uniformPoints(n, d, Random.fromSeed(1));
 * const turned = matrix(a.data.map((_, i) => a.data[i - (i % d) + (d - 1 - (i % d))]), n, d);
 * console.log((await rotatedRowCosine({ a, b: turned })).value.toFixed(2)); // 1.00
 * const other = uniformPoints(n, d, Random.fromSeed(2));
 * console.log((await rotatedRowCosine({ a, b: other })).value.toFixed(1)); // 0.0
 * @function
 */
export const rotatedRowCosine = /* @__PURE__ */ defineComparison({
  id: 'rotated-row-cosine',
  title: 'Row cosine after the best rotation',
  summary: 'The mean cosine of rows after the rotation that fits other rows best.',
  references: [cite(sources.orthogonalProcrustes, 'the rotation from the singular vectors of AᵀB')],
  deviations: ['Fitted on one half of the rows and judged on the other, both ways.'],
  options: {},
  kind: 'similarity',
  range: [-1, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    const { a, b, zeroRows } = pair.directions();
    const n = pair.n;
    if (n < 4) return { value: NaN, warnings: [`needs 4 rows; got ${n}.`] };
    const cosines = await rotatedCosines(pair);
    const { value, standardError } = meanEstimate(cosines);
    const draws = await permutedDraws({ a, b }, pair);
    const how = `permuted rows: ${draws.length} permutations of ${Math.min(n, NULL_ROWS)} rows`;
    const warnings = [...(zeroRowsWarning(zeroRows).warnings ?? [])];
    const widest = Math.max(a.cols, b.cols);
    if (n < 2 * widest) {
      warnings.push(
        `half of ${n} rows do not determine a rotation of ${widest} dimensions: too low.`,
      );
    }
    return {
      value,
      ...around(value, standardError, -1, 1),
      null: simulatedExpectation(draws, value, 'large', how),
      warnings,
    };
  },
});

async function permutedDraws(all: PairInput, pair: Pair): Promise<number[]> {
  const rows = pair.someRows(NULL_ROWS);
  const { a, b } = { a: gathered(all.a, rows), b: gathered(all.b, rows) };
  const small = Math.min(a.cols, b.cols);
  const cost = 2 * (rows.length * a.cols * b.cols + 10 * a.cols * b.cols * small);
  const draws = Math.max(3, Math.min(39, Math.floor(BUDGET / cost)));
  const random = pair.random('permuted');
  const values: number[] = [];
  for (let r = 0; r < draws; r++) {
    const stream = random.fork(r);
    const permuted = { a, b: gathered(b, stream.sample(rows.length)) };
    const cosines = await heldOutCosines(permuted, stream.fork('halves').sample(rows.length), pair);
    values.push(meanEstimate(cosines).value);
  }
  return values;
}
