import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { positiveInformation } from './positive-information.ts';

const table = (numbers: number[], rows: number, cols: number) =>
  matrix(Float64Array.from(numbers), rows, cols);

test('without smoothing it is the logarithm of the share over that of independent counts', () => {
  // n = 10: p(0, 0) = 0.4, p(row 0) = p(column 0) = 0.5.
  const { data } = positiveInformation(table([4, 1, 1, 4], 2, 2), 1);
  expect(data[0]).toBeCloseTo(Math.log(0.4 / 0.25), 14);
  // 0.1 of 0.25 is less than independent counts would have.
  expect(Array.from(data.subarray(1, 3))).toEqual([0, 0]);
  expect(data[3]).toBe(data[0]);
});

test('independent counts have none', () => {
  const { data } = positiveInformation(table([2, 6, 1, 3], 2, 2), 1);
  for (const value of data) expect(value).toBeCloseTo(0, 14);
});

test('smoothing makes a rare context less telling', () => {
  const counts = table([8, 2, 12, 0], 2, 2);
  const [plain, smoothed] = [1, 0.75].map((power) => positiveInformation(counts, power).data[1]);
  expect(plain).toBeCloseTo(Math.log(2 / (10 * (2 / 22))), 14);
  const share = 2 ** 0.75 / (2 ** 0.75 + 20 ** 0.75);
  expect(smoothed).toBeCloseTo(Math.log(2 / (10 * share)), 12);
  expect(smoothed).toBeLessThan(plain);
});

test('rows and columns without counts stay 0', () => {
  const { data } = positiveInformation(table([0, 0, 0, 0, 5, 0, 0, 2, 1], 3, 3), 0.75);
  expect(Array.from(data.subarray(0, 3))).toEqual([0, 0, 0]);
  for (const value of data) expect(Number.isFinite(value)).toBe(true);
});
