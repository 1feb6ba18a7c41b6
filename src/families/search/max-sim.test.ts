import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { exact } from './exact.ts';
import { maxSim } from './max-sim.ts';

const points = uniformPoints(120, 5, Random.fromSeed(1));
/** Sets of 1 to 7 vectors. */
const offsets = Int32Array.from(
  { length: 31 },
  (_, i) => Math.floor(i / 7) * 28 + [0, 1, 3, 6, 10, 15, 21][i % 7],
);
const documents = {
  points: { ...points, rows: offsets[30], data: points.data.subarray(0, offsets[30] * 5) },
  offsets,
};
const asked = uniformPoints(9, 5, Random.fromSeed(2));
const queries = { points: asked, offsets: Int32Array.of(0, 4, 5, 9) };

function naive(q: number, i: number): number {
  let sum = 0;
  for (let a = queries.offsets[q]; a < queries.offsets[q + 1]; a++) {
    const products = Array.from({ length: offsets[i + 1] - offsets[i] }, (_, p) => {
      let product = 0;
      for (let c = 0; c < 5; c++)
        product += asked.data[a * 5 + c] * points.data[(offsets[i] + p) * 5 + c];
      return product;
    });
    sum += Math.max(...products);
  }
  return sum;
}

describe('max-sim', () => {
  test('the example of its page', async () => {
    const rows = matrix(new Float32Array([1, 0, 0, 1, 0.6, 0.8]), 3, 2);
    const { index } = await maxSim({ points: rows, offsets: Int32Array.of(0, 2, 3) });
    const given = {
      points: [
        [1, 0],
        [0, 1],
      ],
      offsets: Int32Array.of(0, 2),
    };
    const { scores } = await maxSim.search(index, given, { k: 2 });
    expect([...scores].map((score) => score.toFixed(1)).join(' ')).toBe('2.0 1.4');
  });

  test('the best of all sums of largest products', async () => {
    const { index, facts } = await maxSim(documents);
    expect(facts).toEqual({ vectors: offsets[30] });
    const found = await maxSim.search(index, queries, { k: 4 });
    for (let q = 0; q < 3; q++) {
      const scores = Array.from({ length: 30 }, (_, i) => naive(q, i));
      const order = [...scores.keys()].sort((i, j) => scores[j] - scores[i]).slice(0, 4);
      expect([...found.rows.subarray(q * 4, q * 4 + 4)]).toEqual(order);
      for (const [at, i] of order.entries())
        expect(found.scores[q * 4 + at]).toBeCloseTo(scores[i], 5);
    }
    expect(found.exact).toBe(true);
    expect([...found.scanned]).toEqual([30, 30, 30]);
  });

  test('sets of one vector are searched as rows are', async () => {
    const { index } = await maxSim({ points });
    const rows = await exact({ points });
    const [a, b] = await Promise.all([
      maxSim.search(index, { points: asked }, { k: 3 }),
      exact.search(rows.index, { points: asked }, { k: 3 }),
    ]);
    expect(a.rows).toEqual(b.rows);
    // Exact search sums products in float64, MaxSim in float32.
    a.scores.forEach((score, at) => {
      expect(score).toBeCloseTo(b.scores[at], 6);
    });
  });

  test('lengths count with the inner product alone', async () => {
    const rows = [
      [3, 0],
      [1, 0],
      [0, 1],
    ];
    const sets = { points: rows, offsets: Int32Array.of(0, 1, 3) };
    const byDot = await maxSim(sets, { similarity: 'dot' });
    const dot = await maxSim.search(byDot.index, { points: [[2, 1]] }, { k: 2 });
    expect([...dot.scores]).toEqual([6, 2]);
    const byCosine = await maxSim(sets);
    const cosine = await maxSim.search(byCosine.index, { points: [[2, 1]] }, { k: 2 });
    expect(cosine.scores[0]).toBe(cosine.scores[1]);
    expect([...cosine.rows]).toEqual([0, 1]);
  });

  test('a document without vectors is refused', async () => {
    await expect(maxSim({ points, offsets: Int32Array.of(0, 5, 5, 120) })).rejects.toThrow(
      'document 1 has no vectors',
    );
    await expect(maxSim({ points, offsets: Int32Array.of(0, 5) })).rejects.toThrow(
      'offsets from 0 to 120',
    );
  });
});
