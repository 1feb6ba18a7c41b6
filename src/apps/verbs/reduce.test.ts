import { expect, test } from 'vitest';
import { classResponses } from './reduce.ts';

test('classes become columns in order of appearance', () => {
  const { data, rows, cols } = classResponses({ columns: { kind: ['b', 'a', 'b'] } }, 'kind');
  expect([rows, cols]).toEqual([3, 2]);
  expect(Array.from(data)).toEqual([1, 0, 0, 1, 1, 0]);
});

test('a row without a class, one class, and a column that is not there are refused', () => {
  expect(() => classResponses({ columns: { kind: ['b', '', 'a'] } }, 'kind')).toThrow(
    'reduce: row 1 has no class in column "kind"; leave such rows out.',
  );
  expect(() => classResponses({ columns: { kind: ['b', 'b'] } }, 'kind')).toThrow(
    'reduce: expected 2 classes in column "kind"; got 1.',
  );
  expect(() => classResponses({ columns: { kind: ['b', 'a'] } }, 'sort')).toThrow(
    'option "classes" must be one of kind; got "sort"',
  );
});
