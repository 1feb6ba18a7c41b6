import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { fewerOfEach, joinedRows, rowsWhere } from './unseen-numbers.ts';

const rows = {
  points: matrix(Float32Array.of(0, 1, 2, 3, 4), 5, 1),
  classes: ['a', 'b', 'a', 'a', 'b'],
};

test('the first so many rows of each class stay', () => {
  expect(fewerOfEach(rows, 1)).toEqual({
    points: matrix(Float32Array.of(0, 1), 2, 1),
    classes: ['a', 'b'],
  });
  expect(fewerOfEach(rows, 2).classes).toEqual(['a', 'b', 'a', 'b']);
});

test('two sets of rows that are joined are the whole', () => {
  const even = rowsWhere(rows, (i) => i % 2 === 0);
  const odd = rowsWhere(rows, (i) => i % 2 === 1);
  const { points, classes } = joinedRows(even, odd);
  expect(Array.from(points.data)).toEqual([0, 2, 4, 1, 3]);
  expect(classes).toEqual(['a', 'a', 'b', 'b', 'a']);
});
