import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { exp } from '../../core/numeric.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex } from '../../testing/points.ts';
import { laplaceEnergy } from './laplace-energy.ts';

describe('laplaceEnergy', () => {
  test('of a simplex is exp(−γ √(2(d+1)/d))', async () => {
    for (const d of [1, 2, 5]) {
      const { loss } = await laplaceEnergy(simplex(d), { gamma: 1.3 });
      expect(loss).toBeCloseTo(exp(-1.3 * Math.sqrt((2 * (d + 1)) / d)), 13);
    }
  });
  test('of the octahedron mixes 12 right angles with 3 straight ones', async () => {
    const { loss } = await laplaceEnergy(orthoplex(3), { gamma: 1, distance: 'geodesic' });
    expect(loss).toBeCloseTo((12 * exp(-Math.PI / 2) + 3 * exp(-Math.PI)) / 15, 14);
  });
  test('gives antipodes no geodesic force', async () => {
    const poles = fromRows([
      [0, 1],
      [0, -1],
    ]);
    const { gradient } = await laplaceEnergy(poles, { distance: 'geodesic' });
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('refuses one point', async () => {
    await expect(laplaceEnergy(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(laplaceEnergy.bind());
  describeObjectiveLaws(laplaceEnergy.bind({ gamma: 2, distance: 'geodesic' }));
});
