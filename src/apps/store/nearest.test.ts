import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { nearestByProduct, nearestRows } from './nearest.ts';
import { tableStore } from './table-store.ts';
import { dot, unit } from './vectors.ts';

const random = Random.fromSeed(3);
const [n, d] = [500, 8];
const points = matrix(
  Float32Array.from({ length: n * d }, () => random.normal()),
  n,
  d,
);
points.data.fill(0, 7 * d, 8 * d);
const store = tableStore({ points });
const rowOf = (i: number) => unit(points.data.subarray(i * d, (i + 1) * d));
const queries = matrix(Float32Array.from([...rowOf(3), ...rowOf(11)]), 2, d);

describe('the nearest rows', () => {
  test('are those of all cosines sorted', async () => {
    const found = await nearestRows(store, queries, { k: 20 });
    for (const [q, row] of [3, 11].entries()) {
      const cosines = Array.from({ length: n }, (_, i) => dot(rowOf(row), rowOf(i)));
      const order = [...cosines.keys()].sort((a, b) => cosines[b] - cosines[a] || a - b);
      expect(found[q].map((own) => own.row)).toEqual(order.slice(0, 20));
      for (const own of found[q]) expect(own.score).toBeCloseTo(cosines[own.row], 5);
    }
  });

  test('leave out what is no answer, and are all rows where k is larger', async () => {
    const [found] = await nearestRows(store, queries, { k: 1000, without: new Set([3, 4]) });
    expect(found).toHaveLength(n - 2);
    expect(found.some(({ row }) => row === 3 || row === 4)).toBe(false);
  });

  test('a row of zeros has the cosine 0, and equal rows come by their number', async () => {
    const equal = tableStore({ points: matrix(Float32Array.of(2, 0, 1, 0, 0, 0, 3, 0), 4, 2) });
    const [found] = await nearestRows(equal, matrix(Float32Array.of(1, 0), 1, 2), { k: 4 });
    expect(found).toEqual([
      { row: 0, score: 1 },
      { row: 1, score: 1 },
      { row: 3, score: 1 },
      { row: 2, score: 0 },
    ]);
  });
});

test('3CosMul orders by the quotient of products', async () => {
  const weights = [1, -2];
  const found = await nearestByProduct(store, queries, weights, { k: 5 });
  const part = (a: number, b: number) => (1 + dot(rowOf(a), rowOf(b))) / 2;
  const scores = Array.from({ length: n }, (_, i) => part(3, i) / (part(11, i) ** 2 + 0.001));
  const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
  expect(found.map(({ row }) => row)).toEqual(order.slice(0, 5));
  expect(found[0].score).toBeCloseTo(scores[order[0]], 3);
});
