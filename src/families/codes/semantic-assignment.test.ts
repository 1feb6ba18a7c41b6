import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { gathered, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { semanticAssignment } from './semantic-assignment.ts';
import { scatter } from './solver/moves.ts';
import { randomRotation } from './support/rotation.ts';

function sphere(n: number, d: number, seed: number) {
  const data = new Float64Array(n * d);
  scatter(data, { d, frozen: 0, diameter: 1 }, Random.fromSeed(seed));
  return matrix(data, n, d);
}

test('a shuffled and turned code is put back in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 50 }), async (seed) => {
      const code = sphere(12, 3, seed);
      const order = Random.fromSeed(seed + 1).sample(12);
      const rotation = randomRotation(3, Random.fromSeed(seed + 2));
      const meanings = gathered(code, order);
      const turned = meanings.data.map((_, at) => {
        const [i, a] = [Math.floor(at / 3), at % 3];
        let sum = 0;
        for (let b = 0; b < 3; b++) sum += rotation[a * 3 + b] * meanings.data[i * 3 + b];
        return sum;
      });
      const found = await semanticAssignment(
        { code, semantics: matrix(turned, 12, 3) },
        { rotations: 150 },
      );
      expect(found.rows).toEqual(order);
      expect(found.correlation).toBeCloseTo(1, 10);
    }),
    { numRuns: 8 },
  );
});

test('more columns than classes change nothing where the rest are zeros', async () => {
  const code = sphere(12, 3, 5);
  const order = Random.fromSeed(6).sample(12);
  const data = new Float64Array(12 * 40);
  order.forEach((row, i) => {
    data.set(code.data.subarray(row * 3, row * 3 + 3), i * 40 + 7);
  });
  const problem = { code, semantics: matrix(data, 12, 40) };
  const found = await semanticAssignment(problem, { rotations: 150 });
  expect(found.rows).toEqual(order);
  expect(found.correlation).toBeCloseTo(1, 10);
});

test('the assignment never correlates worse than the code’s own order after swaps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 50 }), async (seed) => {
      const semantics = toFloat32(sphere(10, 6, seed));
      const { rows, correlation, correlationBefore } = await semanticAssignment({
        code: sphere(14, 3, seed + 7),
        semantics,
      });
      expect(new Set(rows).size).toBe(10);
      expect(correlation).toBeGreaterThan(correlationBefore);
    }),
    { numRuns: 8 },
  );
});

test('a simplex has nothing to choose: the correlation is 0', async () => {
  const third = Math.sqrt(3) / 2;
  const code = matrix(Float64Array.of(1, 0, -0.5, third, -0.5, -third), 3, 2);
  const { correlation } = await semanticAssignment({ code, semantics: sphere(3, 4, 1) });
  expect(correlation).toBe(0);
});

test('more classes than codes get a sentence', async () => {
  const promise = semanticAssignment({ code: sphere(3, 2, 1), semantics: sphere(4, 2, 1) });
  await expect(promise).rejects.toThrow(ShapeError);
});
