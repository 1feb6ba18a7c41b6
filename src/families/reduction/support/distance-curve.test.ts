import { expect, test } from 'vitest';
import { distanceCurve } from './distance-curve.ts';

test.each([
  // What the reference code gives for its defaults and for its documented tight setting.
  [0.1, 1, 1.577, 0.8951],
  [0.001, 1, 1.929, 0.7915],
])('minDist %d, spread %d: a = %d, b = %d', (minDist, spread, a, b) => {
  const curve = distanceCurve(minDist, spread);
  expect(curve.a).toBeCloseTo(a, 3);
  expect(curve.b).toBeCloseTo(b, 3);
});

test('distances in other units change a alone: a scales by spread^(−2b)', () => {
  const one = distanceCurve(0.1, 1);
  const ten = distanceCurve(1, 10);
  expect(ten.b).toBeCloseTo(one.b, 6);
  expect(ten.a * 10 ** (2 * ten.b)).toBeCloseTo(one.a, 5);
});
