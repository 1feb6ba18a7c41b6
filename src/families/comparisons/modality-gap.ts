import type { Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { jackknifeError } from '../../numerics/statistics/jackknife.ts';
import { defineComparison } from './define.ts';
import { around, simulatedExpectation } from './support/statistics.ts';
import { unitSides } from './support/unit-sides.ts';

/** Multiplications that the permutations may cost. */
const BUDGET = 2e8;

/**
 * How far apart two kinds of rows lie in a space that they share, images and texts for instance:
 *
 *     ‖(1/m) Σᵢ aᵢ/‖aᵢ‖ − (1/l) Σⱼ bⱼ/‖bⱼ‖‖
 *
 * with aᵢ the m rows of A and bⱼ the l rows of B, d columns each. Between 0 and 2; 0 where both have one center.
 *
 * @remarks Use it for the two towers of a model beside `modality-separability`: centers may be one where a plane still
 * parts the two kinds, and the other way round. A gap does no harm to a search from one side into the other alone; it
 * does where one list mixes both. The null gives rows to the two sides at random: the value of so many rows that have
 * no gap. O((m + l)·d) and 199 permutations, fewer where rows are many.
 * @example
 * import { matrix } from 'tammes';
 * import { modalityGap } from 'tammes/comparisons';
 *
 * // Two directions at a right angle: their centers are √2 apart.
 * const a = matrix(Float64Array.of(1, 0, 2, 0, 3, 0, 4, 0, 5, 0), 5, 2);
 * const b = matrix(Float64Array.of(0, 1, 0, 2, 0, 3, 0, 4, 0, 5), 5, 2);
 * console.log((await modalityGap({ a, b })).value.toFixed(3)); // 1.414
 * @function
 */
export const modalityGap = /* @__PURE__ */ defineComparison({
  id: 'modality-gap',
  title: 'Modality gap',
  summary: 'The distance of the centers of the unit rows of two sets.',
  references: [cite(sources.mindTheGap, 'Section 2: the gap Δ of the centers')],
  options: {},
  kind: 'distance',
  range: [0, 2],
  rows: 'unpaired',
  columns: 'same',
  compare(pair) {
    const { a, b, warnings } = unitSides(pair);
    if (a.rows === 0 || b.rows === 0)
      return { value: NaN, warnings: [...warnings, 'one set has no row with a direction.'] };
    const [x, y] = [meanRow(a), meanRow(b)];
    const value = gapOf(x, y);
    const error = Math.sqrt(
      jackknifeError(withoutEach(a, x, y)) ** 2 + jackknifeError(withoutEach(b, y, x)) ** 2,
    );
    const n = a.rows + b.rows;
    const draws = Math.max(19, Math.min(199, Math.floor(BUDGET / (n * a.cols))));
    const random = pair.random('sides');
    const values = Array.from({ length: draws }, (_, r) =>
      permutedGap(a, b, random.fork(r).sample(n, a.rows)),
    );
    const how = `no gap: ${draws} permutations of which side a row is from`;
    return {
      value,
      ...around(value, error, 0, 2),
      null: simulatedExpectation(values, value, 'large', how),
      warnings,
    };
  },
});

function gapOf(x: Float64Array, y: Float64Array): number {
  return Math.sqrt(squaredNorm(x.map((value, k) => value - y[k])));
}

/** The gap without each row in turn; none where there is one row. */
function withoutEach({ data, rows: n, cols: d }: Matrix, own: Float64Array, other: Float64Array) {
  if (n < 2) return [NaN];
  return Float64Array.from({ length: n }, (_, i) => {
    let squared = 0;
    for (let k = 0; k < d; k++)
      squared += ((n * own[k] - data[i * d + k]) / (n - 1) - other[k]) ** 2;
    return Math.sqrt(squared);
  });
}

/** The gap where the rows at these places of both sets together are one side. */
function permutedGap(a: Matrix, b: Matrix, chosen: Int32Array): number {
  const d = a.cols;
  const isFirst = new Uint8Array(a.rows + b.rows);
  for (const i of chosen) isFirst[i] = 1;
  const [x, y] = [new Float64Array(d), new Float64Array(d)];
  for (let i = 0; i < isFirst.length; i++) {
    const [from, start] = i < a.rows ? [a, i * d] : [b, (i - a.rows) * d];
    const [to, count] = isFirst[i] ? [x, a.rows] : [y, b.rows];
    for (let k = 0; k < d; k++) to[k] += from.data[start + k] / count;
  }
  return gapOf(x, y);
}
