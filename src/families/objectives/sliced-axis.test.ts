import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { contextOf, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import { sliced } from './sliced.ts';
import { slicedAxis } from './sliced-axis.ts';

describe('slicedAxis', () => {
  test('in the plane is sliced: the only circle is the circle', async () => {
    const points = uniformRows(9, 2, 1);
    const { loss } = await sliced(points, { circles: 1 });
    expect((await slicedAxis(points, { circles: 4 })).loss).toBeCloseTo(loss, 12);
  });
  test('of the square in the plane is zero, of coincident points (π²/6)(1 − 1/n²)', async () => {
    expect((await slicedAxis(orthoplex(2))).loss).toBeLessThan(1e-28);
    const clump = fromRows([
      [0.6, 0.8],
      [0.6, 0.8],
      [0.6, 0.8],
    ]);
    expect((await slicedAxis(clump)).loss).toBeCloseTo((Math.PI ** 2 / 6) * (1 - 1 / 9), 12);
  });
  test('moves only the columns of its pairs', async () => {
    const points = uniformRows(6, 5, 2);
    const gradient = { ...points, data: new Float64Array(30) };
    await slicedAxis.bind({ circles: 1 }).lossAndGradient(points, gradient, contextOf(1));
    const moved = [0, 1, 2, 3, 4].filter((c) =>
      gradient.data.some((v, i) => i % 5 === c && v !== 0),
    );
    expect(moved).toHaveLength(2);
  });
  test('refuses points in one dimension', async () => {
    await expect(slicedAxis(fromRows([[1], [-1]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(slicedAxis.bind({ circles: 3, cap: 1e9 }), {
    rotationInvariant: false,
    taylor: { n: 5, d: 4, seed: 2 },
  });
});
