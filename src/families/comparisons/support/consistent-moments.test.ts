import { describe, expect, test } from 'vitest';
import { zeros64 } from '../../../core/matrix.ts';
import { consistentMoments } from './consistent-moments.ts';

function moments(values: readonly number[], variance: number) {
  const degree = values.length;
  const covariance = zeros64(degree, degree);
  for (let p = 0; p < degree; p++) covariance.data[p * (degree + 1)] = variance;
  return { values: Float64Array.from(values), covariance, unit: 0.1, rows: 50 };
}

describe('consistentMoments', () => {
  test('moments of a spectrum stay', () => {
    // Ten directions, five with x = ½ and two with x = 1.
    const own = [1, 2, 3].map((p) => 0.1 * (5 * 0.5 ** p + 2));
    const { values } = consistentMoments(moments(own, 1e-4), 10);
    for (const [p, wanted] of own.entries()) expect(values[p]).toBeCloseTo(wanted, 3);
  });

  test('moments that contradict one another become those of a spectrum', () => {
    // m₂ ≥ m₁²/N by Cauchy and Schwarz, and m₂ ≤ m₁ as x ≤ 1.
    for (const given of [
      [0.5, 0.1],
      [0.2, 0.6],
      [-0.1, 0.2],
      [2, 2],
    ]) {
      const { values } = consistentMoments(moments(given, 1e-4), 10);
      const [first, second] = Array.from(values, (m) => m / 0.1);
      expect(second).toBeGreaterThanOrEqual(first ** 2 / 10 - 1e-3);
      expect(second).toBeLessThanOrEqual(first + 1e-3);
      expect(first).toBeLessThanOrEqual(10 + 1e-3);
    }
  });
});
