import { describe, expect, test } from 'vitest';
import { OptionError, ShapeError, TammesError } from '../../core/errors.ts';
import { toFloat32, zeros64 } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { rieszEnergy } from './riesz-energy.ts';

describe('rieszEnergy', () => {
  test('of the Thomson problem matches the known minima: 0.5, 1.732, 3.674, 9.985', async () => {
    // Total Coulomb energies for n = 2, 3, 4, 6 (antipodes, triangle, tetrahedron, octahedron).
    const poles = fromRows([
      [0, 0, 1],
      [0, 0, -1],
    ]);
    const triangle = fromRows(
      [0, 1, 2].map((k) => [Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3), 0]),
    );
    const minima = [
      [poles, 0.5],
      [triangle, 1.732050808],
      [simplex(3), 3.674234614],
      [orthoplex(3), 9.985281374],
    ] as const;
    for (const [points, total] of minima) {
      const { loss } = await rieszEnergy(points, { s: 1 });
      const pairs = (points.rows * (points.rows - 1)) / 2;
      expect(loss * pairs).toBeCloseTo(total, 8);
    }
  });
  test('at s = 0 is minus the mean logarithm: the vertices of an n-gon give −log(n)/(n−1)', async () => {
    for (const n of [3, 5, 12]) {
      const ring = zeros64(n, 2);
      for (let k = 0; k < n; k++) {
        ring.data[2 * k] = Math.cos((2 * Math.PI * k) / n);
        ring.data[2 * k + 1] = Math.sin((2 * Math.PI * k) / n);
      }
      // The product of the chords from one vertex to all others is n.
      expect((await rieszEnergy(ring, { s: 0 })).loss).toBeCloseTo(-log(n) / (n - 1), 13);
    }
  });
  test('at s = −1 is minus the mean distance', async () => {
    const { loss } = await rieszEnergy(orthoplex(3), { s: -1 });
    expect(loss).toBeCloseTo(-(12 * Math.SQRT2 + 3 * 2) / 15, 14);
  });
  test('is smaller for the octahedron than for random points, for every s that spreads', async () => {
    for (const distance of ['chordal', 'geodesic'] as const) {
      for (const s of [-0.9, -0.5, 0, 0.5, 1, 3, 8]) {
        const best = await rieszEnergy(orthoplex(3), { s, distance });
        for (const seed of [1, 2, 3]) {
          const random = await rieszEnergy(uniformRows(6, 3, seed), { s, distance });
          expect(best.loss).toBeLessThan(random.loss);
        }
      }
    }
  });
  test('refuses the s that collapse points to poles, and says why', async () => {
    const points = uniformRows(5, 3, 1);
    await expect(rieszEnergy(points, { s: -2 })).rejects.toThrow(/above -2 for chordal.*balanced/);
    const geodesic = rieszEnergy(points, { s: -1, distance: 'geodesic' });
    await expect(geodesic).rejects.toThrow(OptionError);
    await expect(geodesic).rejects.toThrow(/above -1 for geodesic.*antipodal/);
    await expect(rieszEnergy(points, { s: -2.5 })).rejects.toThrow(/riesz-energy: option "s"/);
  });
  test('says so when two points are too close for their force to be a float32', async () => {
    const close = toFloat32(
      fromRows([
        [1, 0],
        [Math.cos(1e-4), Math.sin(1e-4)],
      ]),
    );
    const onReference = rieszEnergy(close, { s: 12.5 }, { engine: referenceEngine });
    await expect(onReference).rejects.toThrow(/riesz-energy: two points are too close/);
    await expect(rieszEnergy(close, { s: 12.5 })).rejects.toThrow(TammesError);
  });
  test('refuses one point', async () => {
    await expect(rieszEnergy(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(rieszEnergy.bind());
  describeObjectiveLaws(rieszEnergy.bind({ s: 0 }));
  describeObjectiveLaws(rieszEnergy.bind({ s: -1.5 }));
  describeObjectiveLaws(rieszEnergy.bind({ s: 2, distance: 'geodesic' }));
  describeObjectiveLaws(rieszEnergy.bind({ s: -0.5, distance: 'geodesic' }));
});
