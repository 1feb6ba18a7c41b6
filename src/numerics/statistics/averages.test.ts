import { expect, test } from 'vitest';
import { studentQuantile } from '../laws/student.ts';
import {
  meanOf,
  medianOf,
  skewness,
  squaresAboutMean,
  sumOf,
  upperMedianInPlace,
} from './averages.ts';
import { jackknifeError, jackknifeSpread } from './jackknife.ts';
import { simulatedInterval } from './simulated-interval.ts';

test('sums, means and squares about the mean', () => {
  expect(sumOf([1, 2, 6])).toBe(9);
  expect(meanOf(Int32Array.of(1, 2, 6))).toBe(3);
  expect(squaresAboutMean([1, 2, 6])).toBe(14);
  expect(meanOf([])).toBeNaN();
});

test('the median of an even number of values is between the middle ones or the upper of them', () => {
  const values = Float64Array.of(9, 1, 4, 2);
  expect(medianOf(values)).toBe(3);
  expect(values[0]).toBe(9);
  expect(medianOf([5, 1, 2])).toBe(2);
  expect(upperMedianInPlace(values)).toBe(4);
  expect(medianOf([])).toBeNaN();
  expect(upperMedianInPlace(new Float64Array(0))).toBeNaN();
});

test('the skewness of 0, 0, 0, 1 is 2/√3, that of equal values 0', () => {
  expect(skewness([0, 0, 0, 1])).toBeCloseTo(2 / Math.sqrt(3), 14);
  expect(skewness([7, 7, 7])).toBe(0);
});

test('the jackknife gives a mean the error sd/√n, and Student’s interval at most', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const without = values.map((x) => (sumOf(values) - x) / 7);
  const error = Math.sqrt(squaresAboutMean(values) / 7 / 8);
  expect(jackknifeError(without)).toBeCloseTo(error, 14);
  expect(jackknifeSpread(without)).toBeCloseTo(studentQuantile(0.95, 7) * error, 12);
  // One group stands out: fewer degrees of freedom.
  const one = [0, 0, 0, 0, 0, 0, 0, 1];
  expect(jackknifeSpread(one) / jackknifeError(one)).toBeGreaterThan(studentQuantile(0.95, 4));
  expect(jackknifeSpread([2, 2, 2])).toBe(0);
});

test('from 199 draws on, the interval is between the fifth from either end', () => {
  const draws = Array.from({ length: 199 }, (_, i) => i + 1);
  expect(simulatedInterval(draws, 1, 1)).toEqual({ mean: 100, low: 5, high: 195 });
});
