import { expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { extendedVectors, landmarkDiffusion } from './landmark-diffusion.ts';

const options = { scale: 2, alpha: 1, dim: 6 };

test('Nyström’s extension equals the eigenvectors at the landmarks', async () => {
  const landmarks = normalMatrix(64, 3, 1);
  for (const alpha of [0, 0.5, 1]) {
    const found = await landmarkDiffusion(landmarks, { ...options, alpha }, referenceEngine);
    const { vectors } = extendedVectors(found, landmarks);
    for (const [e, value] of vectors.data.entries())
      expect(Math.abs(value - found.vectors.data[e])).toBeLessThan(1e-6);
  }
});

test('on a circle the walk has the eigenvalues of its closed form, in pairs', async () => {
  const n = 40;
  const data = Float64Array.from({ length: 2 * n }, (_, e) =>
    (e % 2 ? Math.sin : Math.cos)((Math.PI * (e >> 1)) / 20),
  );
  const { eigenvalues } = await landmarkDiffusion(matrix(data, n, 2), options, referenceEngine);
  // P is circulant, with rows ∝ exp(−4 sin²(πj/n)/s).
  const weight = (j: number) => Math.exp((-4 * Math.sin((Math.PI * j) / n) ** 2) / 2);
  const sum = (k: number) =>
    Array.from({ length: n }, (_, j) => weight(j) * Math.cos((2 * Math.PI * j * k) / n)).reduce(
      (a, b) => a + b,
    );
  for (const [c, k] of [1, 1, 2, 2].entries())
    expect(eigenvalues[c]).toBeCloseTo(sum(k) / sum(0), 12);
});

test('far rows have a place and a mass that says how far', async () => {
  const landmarks = normalMatrix(20, 2, 2);
  const found = await landmarkDiffusion(landmarks, options, referenceEngine);
  const { vectors, logMass } = extendedVectors(found, matrix(Float64Array.of(1e4, 0), 1, 2));
  expect(vectors.data.every(Number.isFinite)).toBe(true);
  expect(logMass[0]).toBeLessThan(-1e7);
});

test('one landmark, and equal ones, have no coordinates that count', async () => {
  const one = await landmarkDiffusion(normalMatrix(1, 2, 3), options, referenceEngine);
  const same = gathered(normalMatrix(1, 2, 3), [0, 0, 0]);
  for (const found of [one, await landmarkDiffusion(same, options, referenceEngine)])
    expect(extendedVectors(found, same).vectors.data.every((value) => value === 0)).toBe(true);
});
