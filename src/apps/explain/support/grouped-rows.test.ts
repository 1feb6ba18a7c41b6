import { expect, test } from 'vitest';
import { groupedRows } from './grouped-rows.ts';

test('rows of a name stand together, in the order in which names and rows first come', () => {
  expect(groupedRows(['b', 'a', 'b', 'c', 'a'])).toEqual({
    order: Int32Array.of(0, 2, 1, 4, 3),
    offsets: Int32Array.of(0, 2, 4, 5),
    names: ['b', 'a', 'c'],
  });
});
