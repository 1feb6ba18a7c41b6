import { expect, test } from 'vitest';
import { constant } from '../tape/tensor.ts';
import { embedding } from './embedding.ts';
import { gatherRows, requireIds, scatterRows } from './rows-by-id.ts';

test('rows that are gathered and scattered again count as often as they were named', () => {
  const table = Float64Array.of(1, 2, 3, 4);
  const rows = new Float64Array(6);
  gatherRows(table, [1, 0, 1], 2, rows);
  expect(rows).toEqual(Float64Array.of(3, 4, 1, 2, 3, 4));
  scatterRows(rows, [1, 0, 1], 2, table);
  expect(table).toEqual(Float64Array.of(1, 2, 6, 8));
});

test.each([-1, 2, 0.5, Number.NaN])('%d is no row of two', (id) => {
  expect(() => requireIds('here', [0, id], 2, 'row')).toThrow(
    `here: row ${id} at place 1 is not in 0 … 1.`,
  );
});

test('a shape for another number of ids is refused', () => {
  const table = constant(new Float32Array(4), [2, 2]);
  expect(() => embedding(table, [0, 1, 1], [2, 2])).toThrow(
    'embedding: expected 4 ids for 2 × 2; got 3.',
  );
});
