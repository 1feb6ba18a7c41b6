import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { minimalEnergy } from './minimal-energy.ts';
import { RieszFunction } from './solver/riesz.ts';
import { THOMSON_ENERGIES } from './stored/index.ts';

test('Thomson energies agree with the tables to 1e-9', async () => {
  for (const n of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 20, 24, 32, 44]) {
    const { energy } = await minimalEnergy({ n, d: 3 }, { chains: 3, patience: 10 });
    expect(Math.abs(energy / THOMSON_ENERGIES[n] - 1), `${n} points`).toBeLessThan(1e-9);
  }
});

test('universal optima have their energies at every exponent', async () => {
  // The octahedron: 12 pairs at √2, 3 at 2.
  const octahedron = await minimalEnergy({ n: 6, d: 3 }, { exponent: 2, chains: 1 });
  expect(octahedron.energy).toBeCloseTo(12 / 2 + 3 / 4, 12);
  const tetrahedron = await minimalEnergy({ n: 4, d: 3 }, { exponent: 0, chains: 1 });
  expect(tetrahedron.energy).toBeCloseTo(-3 * Math.log(8 / 3), 12);
  const simplex = await minimalEnergy({ n: 6, d: 5 }, { exponent: 7.5, chains: 1 });
  expect(simplex.energy).toBeCloseTo(15 * (12 / 5) ** -3.75, 12);
});

test('the energy does not depend on the order of the points', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), (shift) => {
      const x = Float64Array.from({ length: 30 }, (_, k) => Math.sin(k + 1));
      const turned = Float64Array.from(x, (_, k) => x[(k + 3 * shift) % 30]);
      const riesz = new RieszFunction(1, 3, 0);
      expect(riesz.energy(turned)).toBeCloseTo(riesz.energy(x), 11);
    }),
  );
});

test('a kept point stays and its partner goes to the other pole', async () => {
  const kept = matrix(Float64Array.of(0.6, 0.8, 0), 1, 3);
  const { points } = await minimalEnergy({ n: 2, d: 3, kept }, { chains: 1 });
  expect(points.data.subarray(0, 3)).toEqual(kept.data);
  expect(points.data[3]).toBeCloseTo(-0.6, 7);
});
