import { expect, test } from 'vitest';
import { studentQuantile } from '../laws/student.ts';
import { jackknifeSpread } from './jackknife.ts';

test('Student’s quantiles agree with the tables', () => {
  expect(studentQuantile(0.95, 1)).toBeCloseTo(12.7062, 4);
  expect(studentQuantile(0.95, 10)).toBeCloseTo(2.22814, 5);
  expect(studentQuantile(0.95, 39)).toBeCloseTo(2.02269, 5);
});

test('the jackknife of means of equal groups is the standard error of the mean', () => {
  // Leaving out group g of values v: (Σ − v_g)/(G − 1).
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const mean = values.reduce((a, b) => a + b, 0) / 8;
  const left = values.map((v) => (8 * mean - v) / 7);
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 7;
  expect(jackknifeSpread(left)).toBeCloseTo(studentQuantile(0.95, 7) * Math.sqrt(variance / 8), 12);
});
