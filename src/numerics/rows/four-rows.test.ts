import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { dot, squaredNorm } from './dot.ts';
import {
  addFourRows,
  addToTwo,
  type FourRows,
  fourRows,
  productsInto,
  squaredGapsInto,
} from './four-rows.ts';

const random = Random.fromSeed(1);
const drawn = (length: number) => Float64Array.from({ length }, () => random.normal());
function drawnRows(length: number): FourRows {
  const rows = fourRows(length);
  for (const row of rows) row.set(drawn(length));
  return rows;
}
/** The target more by a multiple of each row, one row after another. */
const added = (target: Float64Array, rows: FourRows, factors: readonly number[]) =>
  rows.reduce((sum, row, r) => sum.map((x, c) => x + factors[r] * row[c]), target);

test('rows added four at a time give the bytes of one after another', () => {
  const [rows, factors, target] = [drawnRows(7), [...drawn(4)], drawn(10)];
  const expected = target.slice();
  expected.set(added(target.slice(2, 8), rows, factors), 2);
  const [f0, f1, f2, f3] = factors;
  addFourRows(target, 2, 6, rows, f0, f1, f2, f3);
  expect(target).toEqual(expected);
});

test('so do those added to two vectors', () => {
  const [rows, factors, vectors] = [drawnRows(5), drawnRows(3), drawn(15)];
  const of = (j: number) =>
    added(
      vectors.slice(j * 5, j * 5 + 5),
      rows,
      factors.map((own) => own[j]),
    );
  const expected = [...vectors.slice(0, 5), ...of(1), ...of(2)];
  addToTwo(vectors, 1, rows, factors, 5);
  expect([...vectors]).toEqual(expected);
});

test.each([0, 1, 5])('products of vectors of %i numbers are summed in order', (length) => {
  const [rows, vectors, into] = [drawnRows(length), drawn(3 * length), fourRows(3)];
  productsInto(into, 1, rows, vectors, length);
  for (const [r, row] of rows.entries())
    for (const j of [1, 2])
      expect(into[r][j]).toBe(dot(row, vectors.subarray(j * length, (j + 1) * length)));
});

test('squared distances too', () => {
  const [rows, vectors, into] = [drawnRows(5), drawn(15), fourRows(3)];
  squaredGapsInto(into, 1, rows, vectors, 5);
  for (const [r, row] of rows.entries())
    for (const j of [1, 2])
      expect(into[r][j]).toBe(squaredNorm(row.map((x, c) => x - vectors[j * 5 + c])));
});
