import { expect, test } from 'vitest';
import { equiangularBasisVectors } from './equiangular-basis-vectors.ts';

test('a loose threshold is reached, as published', async () => {
  const { cosine, stop } = await equiangularBasisVectors({ n: 20, d: 10 }, { threshold: 0.3 });
  expect(stop).toBe('converged');
  expect(cosine).toBeLessThanOrEqual(0.3 + 1e-4);
});

test('near Welch’s bound the sum of hinges leaves a larger |cos| than squared hinges', async () => {
  const welch = Math.sqrt((24 - 8) / (8 * 23));
  const options = { threshold: welch + 0.002, maxSteps: 4000, learningRate: 0.01 };
  const hinge = await equiangularBasisVectors({ n: 24, d: 8 }, options);
  const squared = await equiangularBasisVectors({ n: 24, d: 8 }, { ...options, loss: 'squared' });
  expect(hinge.stop).toBe('max-iterations');
  expect(hinge.cosine).toBeGreaterThan(squared.cosine + 0.05);
});

test('vectors are unit and the steps are counted', async () => {
  const { points, steps } = await equiangularBasisVectors({ n: 5, d: 3 }, { maxSteps: 7 });
  expect(steps).toBe(7);
  for (let i = 0; i < 5; i++) {
    const row = points.data.subarray(3 * i, 3 * i + 3);
    expect(row.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 14);
  }
});
