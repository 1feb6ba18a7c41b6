import { describe, expect, test } from 'vitest';
import { exp } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { studentQuantile } from '../laws/student.ts';
import { meanEstimate, skewedMeanInterval } from './intervals.ts';

describe('skewedMeanInterval', () => {
  test('is Student’s where values lie evenly about their mean', () => {
    const values = [-3, -1, 0, 1, 3];
    const half = studentQuantile(0.95, 4) * meanEstimate(values).standardError;
    const { low, high } = skewedMeanInterval(values);
    expect(low).toBeCloseTo(-half, 12);
    expect(high).toBeCloseTo(half, 12);
  });

  test('its ends are where Hall’s transform of the studentized mean reaches Student’s points', () => {
    const values = [0, 0, 0, 0, 1, 1, 2, 7];
    const n = values.length;
    const { value, standardError } = meanEstimate(values);
    const sd = standardError * Math.sqrt(n - 1);
    const skewness = values.reduce((sum, x) => sum + (x - value) ** 3 / n, 0) / sd ** 3;
    const transformed = (mean: number) => {
      const t = (value - mean) / standardError;
      const root = Math.sqrt(n);
      return (
        t +
        (skewness * t * t) / (3 * root) +
        (skewness ** 2 * t ** 3) / (27 * n) +
        skewness / (6 * root)
      );
    };
    const { low, high } = skewedMeanInterval(values);
    expect(transformed(low)).toBeCloseTo(studentQuantile(0.95, n - 1), 9);
    expect(transformed(high)).toBeCloseTo(-studentQuantile(0.95, n - 1), 9);
    expect(high - value).toBeGreaterThan(value - low);
  });

  test('covers the mean of a skewed law more often than Student’s interval', () => {
    const random = Random.fromSeed(1);
    const truth = exp(1 / 2);
    let [held, plain] = [0, 0];
    for (let draw = 0; draw < 400; draw++) {
      const values = Array.from({ length: 40 }, () => exp(random.normal()));
      const { value, low, high } = skewedMeanInterval(values);
      const half = studentQuantile(0.95, 39) * meanEstimate(values).standardError;
      if (low <= truth && truth <= high) held += 1;
      if (Math.abs(value - truth) <= half) plain += 1;
    }
    expect(held).toBeGreaterThan(0.9 * 400);
    expect(held).toBeGreaterThan(plain);
  });

  test('equal values have an interval of no width, a single one has none', () => {
    expect(skewedMeanInterval([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
    expect(skewedMeanInterval([2])).toEqual({ value: 2, low: NaN, high: NaN });
  });
});
