import { expect, test } from 'vitest';
import { matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { neighborRecall } from './neighbor-recall.ts';

const normal = (n: number, d: number, seed: number) => {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
};

test('a teacher finds all that it finds itself, at any length of its rows', async () => {
  const teacher = normal(50, 4, 1);
  const longer = { ...teacher, data: teacher.data.map((x, e) => x * (1 + (e >> 2))) };
  expect(await neighborRecall(longer, 4, teacher, referenceEngine)).toBe(1);
});

test('columns behind the width do not count', async () => {
  const teacher = normal(50, 2, 1);
  const padded = normal(50, 4, 2);
  for (let i = 0; i < 50; i++) padded.data.set(teacher.data.subarray(2 * i, 2 * i + 2), 4 * i);
  expect(await neighborRecall(padded, 2, teacher, referenceEngine)).toBe(1);
  expect(await neighborRecall(padded, 4, teacher, referenceEngine)).toBeLessThan(0.9);
});

test('a student that knows nothing finds by chance, ten of n − 1', async () => {
  const [asked, teacher] = [normal(401, 8, 1), normal(401, 8, 2)];
  // 4,010 draws at 10/400: a standard error of 0.0025.
  const found = await neighborRecall(asked, 8, teacher, referenceEngine);
  expect(Math.abs(found - 0.025)).toBeLessThan(0.01);
});
