import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { distancesToMeans, lastMargins, movedAlong, noiseLike, spreadOf } from './moved-rows.ts';

const points = matrix(Float64Array.of(1, 0, -1, 0, 0, 2, 0, -2), 4, 2);

test('the spread is the root of the mean squared length about the mean', () => {
  expect(spreadOf(points)).toBeCloseTo(Math.sqrt((1 + 1 + 4 + 4) / 4), 12);
});

test('rows are moved by the length given', () => {
  const directions = noiseLike(points, Random.fromSeed(1));
  const { data } = movedAlong(points, directions, 3);
  for (let i = 0; i < 4; i++) {
    const way = [0, 1].map((c) => data[2 * i + c] - points.data[2 * i + c]);
    // Rows are in float32.
    expect(Math.hypot(...way)).toBeCloseTo(3, 5);
  }
});

test('distances go to the mean of the class that a row is given', () => {
  const before = Float64Array.of(0.9, 0.9, 0.1, 0.1);
  const asked = matrix(Float64Array.of(3, 4), 1, 2);
  expect([...distancesToMeans([points, before], [asked, Float64Array.of(0.8)])]).toEqual([5]);
});

test('the margin is that of the last layer, whichever side', () => {
  expect([...lastMargins(matrix(Float64Array.of(1, -2, 3, 4), 2, 2))]).toEqual([2, 4]);
});
