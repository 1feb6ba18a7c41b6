import { expect, test } from 'vitest';
import { copied, matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { lessRow } from './centered.ts';
import { columnMeans, columnScales, scaleColumnsInPlace } from './column-scales.ts';

test('standardized columns have mean 0 and variance 1, whatever their scale and place', () => {
  const z = copied(normalMatrix(50, 3, 1));
  scaleColumnsInPlace(z, Float64Array.of(1, 1e6, 1e-6));
  const { mean, inverse, constant } = columnScales(z);
  const out = lessRow(z, mean);
  scaleColumnsInPlace(out, inverse);
  for (let c = 0; c < 3; c++) {
    const column = Array.from({ length: 50 }, (_, i) => out.data[i * 3 + c]);
    expect(column.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 10);
    expect(column.reduce((sum, x) => sum + x * x, 0) / 50).toBeCloseTo(1, 12);
  }
  expect(constant).toEqual([]);
});

test('a constant column is found as one although its mean is rounded', () => {
  // Three times 0.1, over 3, is not 0.1.
  const points = matrix(Float64Array.of(0.1, 1, 0.1, 2, 0.1, 4), 3, 2);
  const { mean, inverse, constant } = columnScales(points);
  expect(mean[0]).toBe(0.1);
  expect(constant).toEqual([0]);
  expect(inverse[0]).toBe(0);
  expect(inverse[1]).toBeGreaterThan(0);
});

test('means alone are those of the scales, of constant columns too', () => {
  for (const [rows, ...data] of [
    [3, 0.1, 1, 0.1, 2, 0.1, 4],
    [1, 0.1, 7],
    [5, 3, 1, 3, 2, 3, 4, 3, 1, 3, -1],
  ]) {
    const points = matrix(Float64Array.from(data), rows, 2);
    expect(columnMeans(points)).toEqual(columnScales(points).mean);
  }
});
