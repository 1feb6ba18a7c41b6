import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { uniformRows } from '../../testing/points.ts';

import { pooledUniformity } from './pooled-uniformity.ts';

describe('pooled-uniformity', () => {
  test('is the uniformity of the rows of both', async () => {
    const all = uniformRows(60, 4, 1);
    const rows = (from: number, to: number) =>
      gathered(
        all,
        Array.from({ length: to - from }, (_, i) => from + i),
      );
    const { value, null: law } = await pooledUniformity({ a: rows(0, 25), b: rows(25, 60) });
    let total = 0;
    for (let i = 0; i < 60; i++)
      for (let j = 0; j < i; j++) {
        const squared = [0, 1, 2, 3].reduce(
          (sum, k) => sum + (all.data[4 * i + k] - all.data[4 * j + k]) ** 2,
          0,
        );
        total += Math.exp(-2 * squared) / (30 * 59);
      }
    expect(value).toBeCloseTo(Math.log(total), 10);
    // Of points of one law: the spread of U over 60 rows in four columns is well below 0.3.
    expect(Math.abs(value - (law?.value ?? NaN))).toBeLessThan(0.3);
  });

  test('all rows at one point have 0', async () => {
    const a = gathered(uniformRows(1, 4, 1), [0, 0, 0]);
    expect((await pooledUniformity({ a, b: a })).value).toBeCloseTo(0, 12);
  });
});

describeComparisonLaws(pooledUniformity, { ignores: ['scale'] });
