import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { exact } from './exact.ts';

const points = uniformPoints(300, 8, Random.fromSeed(5));
const queries = uniformPoints(7, 8, Random.fromSeed(6));

describe('exact', () => {
  test('the example of its page', async () => {
    const { index } = await exact({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
    const { rows } = await exact.search(index, { points: [[2, 1]] }, { k: 2 });
    expect([...rows].join(' ')).toBe('2 0');
  });

  test.each(['cosine', 'dot', 'euclidean'] as const)('%s: the best of all', async (similarity) => {
    const scaled = matrix(
      points.data.map((x, e) => x * (1 + (Math.floor(e / 8) % 5))),
      300,
      8,
    );
    const { index } = await exact({ points: scaled }, { similarity });
    const found = await exact.search(index, { points: queries }, { k: 5 });
    for (let q = 0; q < 7; q++) {
      const scores = Array.from({ length: 300 }, (_, i) => {
        let [product, a, b, apart] = [0, 0, 0, 0];
        for (let c = 0; c < 8; c++) {
          const [x, y] = [queries.data[q * 8 + c], scaled.data[i * 8 + c]];
          product += x * y;
          a += x * x;
          b += y * y;
          apart += (x - y) ** 2;
        }
        if (similarity === 'dot') return product;
        return similarity === 'cosine' ? product / Math.sqrt(a * b) : -Math.sqrt(apart);
      });
      const order = Array.from(scores.keys()).toSorted((i, j) => scores[j] - scores[i] || i - j);
      expect([...found.rows.subarray(q * 5, q * 5 + 5)]).toEqual(order.slice(0, 5));
      order.slice(0, 5).forEach((i, at) => {
        expect(found.scores[q * 5 + at]).toBeCloseTo(scores[i], 5);
      });
    }
    expect([...found.scanned]).toEqual(new Array(7).fill(300));
  });

  test('equal scores come by lower row', async () => {
    const { index } = await exact({ points: matrix(new Float32Array(10).fill(1), 5, 2) });
    const { rows } = await exact.search(index, { points: [[1, 1]] }, { k: 4 });
    expect([...rows]).toEqual([0, 1, 2, 3]);
  });
});
