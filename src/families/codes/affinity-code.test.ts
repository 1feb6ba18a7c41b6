import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { affinityCode } from './affinity-code.ts';

function gramOfRandom(n: number, d: number, seed: number) {
  const random = Random.fromSeed(seed);
  const x = Float64Array.from({ length: n * d }, () => random.normal());
  const gram = new Float64Array(n * n);
  const dot = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += x[i * d + k] * x[j * d + k];
    return sum;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) gram[i * n + j] = dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j));
  }
  return matrix(gram, n, n);
}

test('cosines of unit vectors of d dimensions are met exactly in d dimensions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 100 }), async (seed) => {
      const { largestError } = await affinityCode(gramOfRandom(9, 4, seed), { dim: 4 });
      expect(largestError).toBeLessThan(1e-8);
    }),
    { numRuns: 8 },
  );
});

test('more dimensions never fit worse', async () => {
  const targets = gramOfRandom(12, 8, 3);
  const errors: number[] = [];
  for (const dim of [2, 4, 6, 8]) {
    errors.push((await affinityCode(targets, { dim })).rootMeanSquareError);
  }
  for (let k = 1; k < errors.length; k++) expect(errors[k]).toBeLessThan(errors[k - 1] + 1e-9);
});

test('wanted cosines of −1/(n − 1) give the simplex', async () => {
  const targets = matrix(new Float64Array(25).fill(-1 / 4), 5, 5);
  const { cosine, minAngleDeg } = await affinityCode(targets, { dim: 4 });
  expect(cosine).toBeCloseTo(-1 / 4, 10);
  expect(minAngleDeg).toBeCloseTo((Math.acos(-1 / 4) * 180) / Math.PI, 8);
});

test('matrices that are no wanted cosines get a sentence', async () => {
  const bad = (...values: number[]) => affinityCode(matrix(Float64Array.from(values), 2, 2));
  await expect(affinityCode(matrix(new Float64Array(6), 2, 3))).rejects.toThrow(ShapeError);
  await expect(bad(1, 2, 2, 1)).rejects.toThrow('must be in [−1, 1]');
  await expect(bad(1, 0.5, 0.4, 1)).rejects.toThrow('want two cosines');
  await expect(bad(1, NaN, NaN, 1)).rejects.toThrow(InputError);
});
