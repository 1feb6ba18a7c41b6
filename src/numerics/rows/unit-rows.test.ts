import { expect, test } from 'vitest';
import { matrix, toFloat32 } from '../../core/matrix.ts';
import { rescaleRows, unitOrAxisRows, unitOrZeroRows } from './unit-rows.ts';

const rows = matrix(Float64Array.of(3, -4, 0, -0, 1e-200, 0), 3, 2);

test('rows of zeros stay so or become the first axis; the others have length 1', () => {
  expect([...unitOrZeroRows(rows).points.data]).toEqual([0.6, -0.8, 0, -0, 1, 0]);
  expect([...unitOrAxisRows('test', rows).data]).toEqual([0.6, -0.8, 1, -0, 1, 0]);
  expect(rows.data[2]).toBe(0);
  expect(unitOrZeroRows(toFloat32(rows)).points.data).toBeInstanceOf(Float32Array);
  expect(() => unitOrAxisRows('test', matrix(Float64Array.of(NaN), 1, 1))).toThrow(/not finite/);
});

test('rows before the first stay as they are', () => {
  const x = Float64Array.of(5, 0, 3, 4);
  rescaleRows(x, 2, 1);
  expect([...x.subarray(0, 2)]).toEqual([5, 0]);
  expect(x[2]).toBeCloseTo(0.6, 15);
  expect(x[3]).toBeCloseTo(0.8, 15);
});
