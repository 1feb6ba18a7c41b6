import { describe, expect, test } from 'vitest';
import { OptionError, ShapeError } from '../../core/errors.ts';
import { exp } from '../../core/numeric.ts';
import { describeObjectiveLaws, evaluated } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { gaussianEnergy } from './gaussian-energy.ts';

describe('gaussianEnergy', () => {
  test('of a simplex is exp(−γ · 2(d+1)/d), and the gradient there is zero', async () => {
    for (const d of [1, 2, 3, 7]) {
      const { loss, gradient } = await gaussianEnergy(simplex(d), { gamma: 0.7 });
      expect(loss).toBeCloseTo(exp((-0.7 * 2 * (d + 1)) / d), 13);
      for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-14);
    }
  });
  test('of the octahedron mixes 12 right angles with 3 straight ones', async () => {
    const { loss } = await gaussianEnergy(orthoplex(3), { gamma: 2 });
    expect(loss).toBeCloseTo((12 * exp(-4) + 3 * exp(-8)) / 15, 14);
    const geodesic = await gaussianEnergy(orthoplex(3), { gamma: 0.5, distance: 'geodesic' });
    const right = exp(-0.5 * (Math.PI / 2) ** 2);
    expect(geodesic.loss).toBeCloseTo((12 * right + 3 * exp(-0.5 * Math.PI ** 2)) / 15, 14);
  });
  test('pushes a pair apart along their great circle', async () => {
    const { gradient } = await gaussianEnergy(
      fromRows([
        [1, 0],
        [0.8, 0.6],
      ]),
      { gamma: 2 },
    );
    expect(gradient.data[1]).toBeGreaterThan(0); // descent goes the other way
    expect(gradient.data[1]).toBeCloseTo(4 * 0.6 * exp(-2 * 0.4), 13);
  });
  test('does not depend on how many times the set is repeated, up to the new pairs', async () => {
    // A mean over pairs: doubling n leaves its size, a sum would have quadrupled.
    const small = await gaussianEnergy(uniformRows(40, 8, 1));
    const large = await gaussianEnergy(uniformRows(160, 8, 2));
    expect(large.loss / small.loss).toBeGreaterThan(0.8);
    expect(large.loss / small.loss).toBeLessThan(1.25);
  });
  test('refuses one point, and a γ at which every pair vanishes', async () => {
    await expect(gaussianEnergy(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
    const far = gaussianEnergy(orthoplex(2), { gamma: 1000 });
    await expect(far).rejects.toThrow(OptionError);
    await expect(far).rejects.toThrow(/gaussian-energy: option "gamma"/);
  });
  describeObjectiveLaws(gaussianEnergy.bind());
  describeObjectiveLaws(gaussianEnergy.bind({ gamma: 1, distance: 'geodesic' }));
});

test('evaluating a bound objective is evaluating the method', async () => {
  const points = uniformRows(9, 4, 3);
  const direct = await gaussianEnergy(points, { gamma: 3 });
  const bound = await evaluated(gaussianEnergy.bind({ gamma: 3 }), points);
  expect(bound.loss).toBe(direct.loss);
  expect(bound.gradient).toEqual(direct.gradient);
});
