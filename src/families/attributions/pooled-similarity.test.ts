import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { pooledSimilarity } from './pooled-similarity.ts';
import { bySide } from './support/reading.ts';

const normal = (n: number, d: number, seed: number): Matrix<Float64Array> => {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
};
const [a, b] = [normal(6, 5, 1), normal(4, 5, 2)];

/** By hand: pool, then the layer, then the cosine. */
function cosineOf(pool: 'average' | 'max', head?: { weights: Matrix; bias: Float64Array }): number {
  const pooled = [a, b].map(({ data, rows, cols }) =>
    Float64Array.from({ length: cols }, (_, c) => {
      const column = Array.from({ length: rows }, (__, i) => data[i * cols + c]);
      return pool === 'max' ? Math.max(...column) : column.reduce((s, x) => s + x, 0) / rows;
    }),
  );
  const [u, v] = pooled.map((x) =>
    head
      ? head.bias.map((beta, j) => beta + dot(x, head.weights.data.subarray(j * 5, j * 5 + 5)))
      : x,
  );
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

describe('pooled-similarity', () => {
  const head = { weights: normal(3, 5, 3), bias: Float64Array.of(0.5, -1, 2) };
  for (const pool of ['average', 'max'] as const) {
    for (const layer of [undefined, head]) {
      test(`${pool} pooling${layer ? ' and a linear layer' : ''}: maps sum to the cosine of the pooled vectors`, async () => {
        const { score, contributions } = await pooledSimilarity({ a, b, head: layer }, { pool });
        expect(score).toBeCloseTo(cosineOf(pool, layer), 12);
        for (const [side, rows] of [
          ['a', 6],
          ['b', 4],
        ] as const) {
          const map = bySide(contributions, side, rows);
          expect(map.reduce((sum, x) => sum + x, 0)).toBeCloseTo(score, 12);
        }
      });
    }
  }

  test('average pooling: Aₚ·B_q/(p·q·‖a‖·‖b‖), the formula of the paper’s code', async () => {
    const { contributions } = await pooledSimilarity({
      a: [
        [1, 0],
        [0, 1],
      ],
      b: [[3, 4]],
    });
    // a = (½, ½), b = (3, 4): 3/(2·√½·5) and 4/(2·√½·5).
    expect(contributions.values[0]).toBeCloseTo(3 / (10 * Math.SQRT1_2), 7);
    expect(contributions.values[1]).toBeCloseTo(4 / (10 * Math.SQRT1_2), 7);
  });

  test('max pooling: a part without any maximum contributes nothing, parts that tie share', async () => {
    const given = {
      a: [
        [2, 1],
        [1, 0],
        [2, 0],
      ],
      b: [[1, 1]],
    };
    const { contributions } = await pooledSimilarity(given, { pool: 'max' });
    const scale = 1 / Math.sqrt(5 * 2);
    const map = Array.from(contributions.values, (x) => x / scale);
    [2, 0, 1].forEach((share, i) => {
      expect(map[i]).toBeCloseTo(share, 6);
    });
  });

  test('one part on each side: the cosine itself', async () => {
    const { score, contributions } = await pooledSimilarity({ a: [[1, 2]], b: [[2, 1]] });
    expect([...contributions.values]).toEqual([score]);
    expect(score).toBeCloseTo(0.8, 12);
  });

  test('refuses a set that pools to zero, and a layer of another width', async () => {
    await expect(pooledSimilarity({ a: [[1], [-1]], b: [[1]] })).rejects.toThrow(
      'pooled-similarity: the pooled vector of A is zero: it has no direction, and no cosine.',
    );
    await expect(pooledSimilarity({ a, b, head: { weights: [[1, 2]] } })).rejects.toThrow(
      'pooled-similarity, head: expected 5 columns, as many as A has; got 2.',
    );
    await expect(pooledSimilarity({ a, b, targets: [1] })).rejects.toThrow(
      'option "targets" must be left out',
    );
  });
});
