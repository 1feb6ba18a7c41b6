import { expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { gradientHistograms, sideBySide } from './digit-views.ts';

test('gray that rises to the right has one direction only, the first of each cell', () => {
  const ramp = zeros(1, 64);
  ramp.data.forEach((_, e) => {
    ramp.data[e] = (e % 8) / 8;
  });
  const { data, cols } = gradientHistograms(ramp, 8);
  expect(cols).toBe(128);
  const used = new Set([...data.keys()].filter((e) => data[e] > 0).map((e) => e % 8));
  expect([...used]).toEqual([0]);
  expect(data.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 6);
});

test('gray that rises downwards has the direction a quarter turn on', () => {
  const ramp = zeros(1, 64);
  ramp.data.forEach((_, e) => {
    ramp.data[e] = Math.floor(e / 8) / 8;
  });
  const { data } = gradientHistograms(ramp, 8);
  expect(new Set([...data.keys()].filter((e) => data[e] > 0).map((e) => e % 8))).toEqual(
    new Set([2]),
  );
});

test('an empty image has no direction', () => {
  expect(gradientHistograms(zeros(1, 64), 8).data.every((x) => x === 0)).toBe(true);
});

test('views lie beside one another, row by row', () => {
  const a = matrix(Float32Array.of(1, 2, 3, 4), 2, 2);
  const b = matrix(Float32Array.of(5, 6), 2, 1);
  expect([...sideBySide([a, b]).data]).toEqual([1, 2, 5, 3, 4, 6]);
});
