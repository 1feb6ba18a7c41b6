import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { extremes } from './extremes.ts';

const points = matrix(Float64Array.of(0, 0, 1, 5, 2, -5, 4, 3), 4, 2);

describe('two extremes', () => {
  test('two named rows give their difference, 0 midway', async () => {
    const { basis, origin, draws } = (await extremes({ points, ends: { low: [0], high: [3] } }))
      .directions;
    expect([basis.data, origin]).toEqual([Float64Array.of(0.8, 0.6), Float64Array.of(2, 1.5)]);
    // One row at each end can only be drawn again: nothing is known of the spread.
    expect(draws.rows).toBe(0);
  });

  test('scores name the ends: as many rows at each as are asked', async () => {
    const input = { points, scores: [0, 1, 2, 3], name: 'price' };
    const { basis, names } = (await extremes(input, { perEnd: 2 })).directions;
    // (2, −5), (4, 3) less (0, 0), (1, 5), in the mean (2.5, −3.5)
    expect(names).toEqual(['price']);
    expect(basis.data[0]).toBeCloseTo(2.5 / Math.hypot(2.5, 3.5), 14);
    expect(basis.data[1]).toBeCloseTo(-3.5 / Math.hypot(2.5, 3.5), 14);
  });

  test('a row at both ends and rows that are not there are refused', async () => {
    await expect(extremes({ points, ends: { low: [1], high: [1] } })).rejects.toThrow(
      'extremes: the direction "low → high" has length 0',
    );
    await expect(extremes({ points, ends: { low: [1], high: [4] } })).rejects.toThrow(
      'extremes: the ends name row 4; there are 4 rows, from 0.',
    );
    await expect(extremes({ points, ends: { low: [], high: [1] } })).rejects.toThrow(
      'extremes: expected a row or more at each end; got 0 and 1.',
    );
    await expect(extremes({ points })).rejects.toThrow(
      'extremes: expected ends (rows at both ends) or scores (a number for each row); got none.',
    );
  });
});
