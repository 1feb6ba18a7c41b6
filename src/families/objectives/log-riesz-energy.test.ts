import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { log } from '../../core/numeric.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, simplex, uniformRows } from '../../testing/points.ts';
import { logRieszEnergy } from './log-riesz-energy.ts';
import { rieszEnergy } from './riesz-energy.ts';

describe('logRieszEnergy', () => {
  test('of a simplex is −½ log(2(d+1)/d) for every s', async () => {
    for (const s of [0.5, 2, 32]) {
      for (const d of [1, 3, 7]) {
        const { loss } = await logRieszEnergy(simplex(d), { s });
        expect(loss).toBeCloseTo(-0.5 * log((2 * (d + 1)) / d), 12);
      }
    }
  });
  test('is the logarithm of the Riesz energy by s, gradients included', async () => {
    const points = uniformRows(9, 4, 1);
    const energy = await rieszEnergy(points, { s: 3 });
    const own = await logRieszEnergy(points, { s: 3 });
    expect(own.loss).toBeCloseTo(log(energy.loss) / 3, 13);
    for (let i = 0; i < own.gradient.data.length; i++) {
      const expected = energy.gradient.data[i] / (3 * energy.loss);
      expect(own.gradient.data[i]).toBeCloseTo(expected, 12);
    }
  });
  test('at s = 64 is −log of the smallest distance, within log(pairs)/s', async () => {
    const points = uniformRows(8, 3, 2);
    const { loss } = await logRieszEnergy(points, { s: 64 });
    let smallest = 2;
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < i; j++) {
        const at = (r: number, c: number) => points.data[3 * r + c];
        const chord = Math.hypot(at(i, 0) - at(j, 0), at(i, 1) - at(j, 1), at(i, 2) - at(j, 2));
        smallest = Math.min(smallest, chord);
      }
    }
    expect(loss).toBeLessThan(-log(smallest));
    expect(loss).toBeGreaterThan(-log(smallest) - log(28) / 64 - 1e-12); // equal for one close pair
  });
  test('refuses one point', async () => {
    await expect(logRieszEnergy(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(logRieszEnergy.bind());
  describeObjectiveLaws(logRieszEnergy.bind({ s: 2, distance: 'geodesic' }));
});
