import { expect, test } from 'vitest';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { spectralClusters } from './spectral-clusters.ts';

/** Affinity 1 within blocks of rows i mod k, and `between` elsewhere. */
function blocks(n: number, k: number, between: number) {
  const affinity = zeros64(n, n);
  for (let e = 0; e < n * n; e++)
    affinity.data[e] = Math.floor(e / n) % k === (e % n) % k ? 1 : between;
  return affinity;
}

const clustered = (affinity: Matrix, k: number) =>
  spectralClusters(affinity, k, Random.fromSeed(1), referenceEngine.linalg);

test.each([0, 0.2])('blocks are found with an affinity of %s between them', async (between) => {
  const of = await clustered(blocks(30, 3, between), 3);
  expect(new Set(of).size).toBe(3);
  for (let i = 3; i < 30; i++) expect(of[i]).toBe(of[i % 3]);
});

test('what hangs together is one cluster, ball or not: a ring about a ring', async () => {
  const [inner, n] = [20, 80];
  const place = (i: number) => {
    const [radius, count] = i < inner ? [1, inner] : [4, n - inner];
    return [
      radius * Math.cos((2 * Math.PI * i) / count),
      radius * Math.sin((2 * Math.PI * i) / count),
    ];
  };
  const affinity = zeros64(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [a, b] = [place(i), place(j)];
      affinity.data[i * n + j] = Math.exp(-2 * ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2));
    }
  const of = await clustered(affinity, 2);
  for (let i = 0; i < n; i++) expect(of[i]).toBe(of[i < inner ? 0 : inner]);
  expect(of[0]).not.toBe(of[inner]);
});

test('the scale of the affinity does not count; other shapes are refused', async () => {
  const affinity = blocks(12, 2, 0.1);
  const tenfold = { ...affinity, data: affinity.data.map((value) => 10 * value) };
  expect(await clustered(tenfold, 2)).toEqual(await clustered(affinity, 2));
  await expect(clustered(zeros64(2, 3), 1)).rejects.toThrow(
    'spectralClusters: expected a square matrix; got 2 × 3.',
  );
});
