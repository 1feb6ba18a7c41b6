import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { type PackedArray, packedInMemory } from '../../io/packed.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { graph } from './graph.ts';
import type { EffortPoint, Found } from './types.ts';

const N = 3000;
const points = uniformPoints(N, 8, Random.fromSeed(5));
const queries = uniformPoints(40, 8, Random.fromSeed(6));

/** Share of the k rows of `exact` that are found. */
function recallOf(found: Found, exact: Found, k: number): number {
  let hits = 0;
  for (let at = 0; at < exact.rows.length; at += k) {
    const truth = new Set(exact.rows.subarray(at, at + k));
    for (const row of found.rows.subarray(at, at + k)) if (truth.has(row)) hits += 1;
  }
  return hits / exact.rows.length;
}

describe('graph', () => {
  test('the example of its page', async () => {
    const { index } = await graph({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
    const { rows } = await graph.search(index, { points: [[2, 1]] }, { k: 2 });
    expect([...rows].join(' ')).toBe('2 0');
  });

  test.each(['cosine', 'dot', 'euclidean'] as const)(
    '%s: finds nearly all, more with more effort, and scores a part of the rows',
    async (similarity) => {
      const scaled = ofManyLengths(points);
      const { index } = await graph({ points: scaled }, { similarity });
      const exact = await graph.search(index, { points: queries }, { k: 10, exactly: true });
      const [few, many] = await Promise.all(
        [10, 200].map((effort) => graph.search(index, { points: queries }, { k: 10, effort })),
      );
      expect(recallOf(few, exact, 10)).toBeLessThanOrEqual(recallOf(many, exact, 10));
      // 400 answers; a seed is fixed, so this is the same number everywhere.
      expect(recallOf(many, exact, 10)).toBeGreaterThan(0.99);
      expect(many.exact).toBe(false);
      expect(Math.max(...many.scanned)).toBeLessThan(N / 2);
      // Scores are those of the exact search, to the bit.
      expect(many.scores[0]).toBe(exact.scores[0]);
    },
  );

  test('the recall that it measures at its build is that of queries which are no documents', async () => {
    const many = uniformPoints(6000, 24, Random.fromSeed(7));
    const strangers = { points: uniformPoints(300, 24, Random.fromSeed(8)) };
    const { index } = await graph({ points: many });
    const exact = await graph.search(index, strangers, { k: 10, exactly: true });
    const curve = index.settings['curve'] as readonly EffortPoint[];
    for (const { effort, recall, low, high } of curve.filter((own) =>
      [16, 32].includes(own.effort),
    )) {
      const found = await graph.search(index, strangers, { k: 10, effort });
      // Two samples of a few hundred queries: their difference has at most √2 times the interval of one.
      const room = Math.SQRT2 * (high - low);
      expect(Math.abs(recallOf(found, exact, 10) - recall)).toBeLessThan(room);
    }
  });

  test('every engine and any number of threads builds the same bytes and finds the same', async () => {
    const [first, ...others] = await Promise.all(
      [
        ['wasm', 1],
        ['wasm', 2],
        ['auto', 2],
      ].map(async ([name, threads]) => {
        const engine = await chooseEngine(name as 'wasm', { threads: threads as number });
        const { index } = await graph({ points }, {}, { engine });
        const found = await graph.search(index, { points: queries }, { k: 5 }, { engine });
        const neighbors = await index.arrays.whole('neighbors');
        await engine.dispose();
        return { neighbors, found };
      }),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  test('far clusters are all reached', async () => {
    const random = Random.fromSeed(8);
    const data = Float32Array.from({ length: N * 8 }, (_, e) => {
      const cluster = Math.floor(e / 8) % 100;
      return (e % 8 === cluster % 8 ? 100 * (1 + cluster) : 0) + 0.1 * random.normal();
    });
    const clusters = matrix(data, N, 8);
    const { index } = await graph({ points: clusters }, { similarity: 'euclidean' });
    const own = { points: matrix(data.slice(0, 100 * 8), 100, 8) };
    const found = await graph.search(index, own, { k: 1, effort: 50 });
    expect([...found.rows]).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test('of many equal rows the lowest come first, and none is missing', async () => {
    const data = points.data.slice(0, 300 * 8);
    for (let i = 0; i < 300; i += 3) data.copyWithin(i * 8, 0, 8);
    const { index, facts } = await graph({ points: matrix(data, 300, 8) });
    expect(facts['copies']).toBe(99);
    const own = { points: matrix(data.slice(0, 8), 1, 8) };
    const { rows } = await graph.search(index, own, { k: 20, effort: 20 });
    expect([...rows]).toEqual(Array.from({ length: 20 }, (_, i) => 3 * i));
  });

  test('all rows equal, a single row, and none', async () => {
    const same = matrix(new Float32Array(20).fill(1), 10, 2);
    const { index } = await graph({ points: same });
    const { rows } = await graph.search(index, { points: [[1, 0]] }, { k: 3, effort: 1 });
    expect([...rows]).toEqual([0, 1, 2]);
    const one = await graph({ points: [[1, 2]] });
    const found = await graph.search(one.index, { points: [[1, 0]] }, { k: 2 });
    expect([...found.rows]).toEqual([0, -1]);
  });

  test('a graph that leads to no row is refused', async () => {
    const { index } = await graph({ points });
    const arrays: Record<string, PackedArray> = {};
    for (const name of index.arrays.names)
      arrays[name] = {
        shape: index.arrays.shapeOf(name),
        data: (await index.arrays.whole(name)).slice(),
      };
    arrays['neighbors'].data[64] = N;
    const damaged = { ...index, arrays: packedInMemory({}, arrays) };
    await expect(graph.search(damaged, { points: queries }, { k: 1 })).rejects.toThrow(
      'memory: the index is damaged: row 2 of its graph leads to 3000, and there are 3000 rows; build it anew.',
    );
  });

  test.each([
    [0.5, false],
    [0.01, true],
  ])('a filter that leaves %d: k rows, exact: %s', async (share, exact) => {
    const random = Random.fromSeed(9);
    const allowed = Uint8Array.from({ length: N }, () => (random.uniform() < share ? 1 : 0));
    const { index } = await graph({ points });
    const request = { k: 10, effort: 15, allowed };
    const found = await graph.search(index, { points: queries }, request);
    expect(found.exact).toBe(exact);
    for (const row of found.rows) expect(allowed[row]).toBe(1);
    const truth = await graph.search(index, { points: queries }, { k: 10, allowed, exactly: true });
    expect(recallOf(found, truth, 10)).toBeGreaterThan(exact ? 0.9999 : 0.8);
  });
});

function ofManyLengths({ data, rows, cols }: Matrix): Matrix<Float32Array> {
  const scaled = Float32Array.from(data, (x, e) => x * (1 + (Math.floor(e / cols) % 5) / 10));
  return matrix(scaled, rows, cols);
}
