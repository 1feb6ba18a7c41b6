import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { meanAbsoluteCorrelation, meanDistanceFromUniform, spacingEntropy } from './coordinates.ts';

test('logits of the middles of n equal parts are as near to uniform as n values can be', () => {
  const logits = [1, 3, 5, 7].map((k) => Math.log(k / (8 - k)));
  expect(meanDistanceFromUniform(matrix(Float64Array.from(logits), 4, 1))).toBeCloseTo(1 / 8, 12);
});

test('a constant column at 0 lies half the box away', () => {
  expect(meanDistanceFromUniform(matrix(new Float64Array(6), 3, 2))).toBe(0.5);
});

test('columns that say the same, the contrary or nothing of one another', () => {
  const columns = Float64Array.of(1, -2, 0, 2, -4, 0, 1, -2, 0);
  expect(meanAbsoluteCorrelation(matrix(columns.slice(), 3, 3))).toBeCloseTo(1 / 3, 12);
  const square = Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1);
  expect(meanAbsoluteCorrelation(matrix(square, 4, 2))).toBe(0);
});

test('twice the numbers have an entropy of log 2 more', () => {
  const values = Float64Array.of(0.3, 2, 1.1, 5, 4.2, 0.9);
  const twice = values.map((value) => 2 * value);
  const gain = spacingEntropy(twice, 2) - spacingEntropy(values, 2);
  expect(gain).toBeCloseTo(Math.LN2, 12);
});
