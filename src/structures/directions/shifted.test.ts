import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { shifted } from './shifted.ts';

const directions = {
  basis: matrix(Float64Array.of(1, 0, 0.6, 0.8), 2, 2),
  names: ['price', 'age'],
  provenance: { method: 'ridge', options: {}, rows: 7, facts: { 'length of age': 5 } },
};

test('rows move by the lengths that the fit found, or by 1', () => {
  const rows = matrix(Float32Array.of(1, 1, 0, 0), 2, 2);
  const { data } = shifted(directions, rows, { price: -1, age: 2 });
  expect(data).toEqual(Float64Array.of(6, 9, 5, 8));
});

test('a name that is no direction, and rows of another space, are refused', () => {
  expect(() => shifted(directions, matrix(new Float64Array(2), 1, 2), { size: 1 })).toThrow(
    'directions: option "name" must be one of price, age; got "size".',
  );
  expect(() => shifted(directions, matrix(new Float64Array(3), 1, 3), {})).toThrow(
    'directions: expected rows of 2 numbers; got 3.',
  );
});
