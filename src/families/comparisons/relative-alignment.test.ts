import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { relativeAlignment } from './relative-alignment.ts';

describe('relative-alignment', () => {
  test('partners that are farther than the nearest other are above 0', async () => {
    // cos: row 0 with its own 0, with the other 1; both ways the same.
    const a = fromRows([
      [1, 0],
      [0, 1],
    ]);
    const swapped = gathered(a, [1, 0]);
    expect((await relativeAlignment({ a, b: swapped })).value).toBeCloseTo(2, 12);
    expect((await relativeAlignment({ a, b: a })).value).toBeCloseTo(-2, 12);
  });

  test('is the mean by hand over both directions', async () => {
    const { a, b } = independentPair(7, 3, 3, 5);
    const unit = (m: typeof a, i: number) => {
      const row = Array.from(m.data.subarray(3 * i, 3 * i + 3));
      const length = Math.hypot(...row);
      return row.map((x) => x / length);
    };
    const squared = (i: number, j: number) =>
      unit(a, i).reduce((sum, x, k) => sum + (x - unit(b, j)[k]) ** 2, 0);
    let total = 0;
    for (let i = 0; i < 7; i++) {
      const others = [0, 1, 2, 3, 4, 5, 6].filter((j) => j !== i);
      const nearest = Math.min(...others.map((j) => squared(i, j)));
      const back = Math.min(...others.map((j) => squared(j, i)));
      total += squared(i, i) - (nearest + back) / 2;
    }
    expect((await relativeAlignment({ a, b })).value).toBeCloseTo(total / 7, 10);
  });

  test('unrelated rows are where permuted ones are, the same rows far below', async () => {
    const { a, b } = independentPair(100, 4, 4, 2);
    expect((await relativeAlignment({ a, b })).null?.pValue).toBeGreaterThan(0.01);
    expect((await relativeAlignment({ a, b: a })).null?.pValue).toBe(1 / 200);
  });
});

describeComparisonLaws(relativeAlignment, { ignores: ['scale'] });
