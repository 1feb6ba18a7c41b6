import { describe, expect, test } from 'vitest';
import { uniformRows } from '../../../testing/points.ts';
import {
  gaussianEnergy,
  koleo,
  laplaceEnergy,
  logRieszEnergy,
  rieszEnergy,
  uniformity,
} from '../index.ts';
import { energyReadings, readingsOfLoss } from './energy-readings.ts';

describe('energyReadings', () => {
  test('the hyperspherical energy is the sum over ordered pairs', () => {
    const kernel = { shape: 'riesz', distance: 'chordal', scale: 1 } as const;
    const readings = energyReadings(0.25, kernel, 10, 3);
    expect(readings.hypersphericalEnergy).toBe(22.5);
    expect(readings.expectation).toBeCloseTo(1, 13);
    expect(readings.mmd).toMatchObject({ positiveDefinite: true });
  });
});

describe('readingsOfLoss', () => {
  const [n, d] = [12, 4];
  const points = uniformRows(n, d, 1);
  const readingsOf = async (objective: typeof koleo, options: object = {}) => {
    const { loss } = await objective(points, options);
    const [term] = objective.bind(options).terms;
    return term ? readingsOfLoss(term, loss, n, d) : null;
  };
  const meanOf = async (objective: unknown, options: object) =>
    (await readingsOf(objective as typeof koleo, options))?.mean;

  test('reads uniformity and the Gaussian energy as one sum, with one MMD', async () => {
    const { loss } = await gaussianEnergy(points, { gamma: 2 });
    expect(await meanOf(gaussianEnergy, { gamma: 2 })).toBe(loss);
    expect(await meanOf(uniformity, { t: 2 })).toBeCloseTo(loss, 14);
  });
  test('reads the Riesz energy and its logarithm as one sum', async () => {
    const { loss } = await rieszEnergy(points, { s: 2, distance: 'geodesic' });
    expect(await meanOf(rieszEnergy, { s: 2, distance: 'geodesic' })).toBe(loss);
    expect(await meanOf(logRieszEnergy, { s: 2, distance: 'geodesic' })).toBeCloseTo(loss, 12);
  });
  test('says where an energy is no MMD', async () => {
    const geodesic = gaussianEnergy as unknown as typeof koleo;
    expect((await readingsOf(geodesic, { distance: 'geodesic' }))?.mmd.positiveDefinite).toBe(
      false,
    );
    const laplace = laplaceEnergy as unknown as typeof koleo;
    expect((await readingsOf(laplace))?.mmd.positiveDefinite).toBe(true);
  });
  test('is null for losses of another kind', async () => {
    expect(await readingsOf(koleo)).toBeNull();
  });
});
