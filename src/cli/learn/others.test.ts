import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { othersBeside } from './others.ts';

const rows = (n: number, labels?: readonly string[]) => ({
  points: matrix(
    Float32Array.from({ length: n }, (_, i) => i),
    n,
    1,
  ),
  labels,
});
const beside = (...args: [(readonly string[])?, (readonly string[])?]) => {
  const [a, b] = args.map((labels) => rows(labels?.length ?? 3, labels));
  return [...othersBeside('b.csv', a ?? rows(3), b ?? rows(3)).data];
};

test('rows go by label where both files have labels', () => {
  expect(beside(['x', 'y', 'z'], ['z', 'x', 'y'])).toEqual([1, 2, 0]);
});

test('rows go by place where one file has none, or both have the same in the same order', () => {
  expect(beside(['x', 'y', 'z'], undefined)).toEqual([0, 1, 2]);
  expect(beside(['x', 'x', 'y'], ['x', 'x', 'y'])).toEqual([0, 1, 2]);
});

test('a row without a partner is refused, on either side', () => {
  expect(() => beside(['x', 'y'], ['x', 'z'])).toThrow(
    'b.csv: row 1 of the first side, "y", has no partner here; every row needs one.',
  );
  expect(() => beside(['x', 'y'], ['x', 'z', 'y'])).toThrow(
    'b.csv: row 1, "z", has no partner on the first side; every row needs one.',
  );
  expect(() => othersBeside('b.csv', rows(3), rows(2))).toThrow(
    'b.csv: expected 3 rows, one for each row of the first side; got 2 (labels in both files would match them).',
  );
});

test('a label of several rows is refused where rows stand elsewhere', () => {
  expect(() => beside(['x', 'x', 'y'], ['y', 'x', 'x'])).toThrow(
    'b.csv: the label "x" stands for several rows',
  );
});
