import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { describeIndexLaws } from '../../testing/index-laws.ts';
import { exact } from './exact.ts';
import { ivf } from './ivf.ts';
import type { Found } from './types.ts';

const points = uniformPoints(2000, 16, Random.fromSeed(5));
const queries = { points: uniformPoints(60, 16, Random.fromSeed(6)) };
const K = 10;

/** Which share of the exact answers is found. */
async function recallOf({ rows }: Found): Promise<number> {
  const { index } = await exact({ points });
  const truth = await exact.search(index, queries, { k: K });
  const shared = truth.rows.filter((row, at) => {
    const q = Math.floor(at / K);
    return rows.subarray(q * K, (q + 1) * K).includes(row);
  });
  return shared.length / truth.rows.length;
}

const small = { points: uniformPoints(60, 8, Random.fromSeed(7)) };
for (const options of [
  { codec: 'int8' },
  { codec: 'int8', rescore: 1, similarity: 'euclidean' },
  { codec: 'float8', similarity: 'dot' },
  { codec: 'bits', rescore: 2 },
])
  describe(`ivf with ${JSON.stringify(options)} keeps the laws of indexes`, () => {
    describeIndexLaws(ivf as never, { input: small, options } as never);
  });

describe('codes in lists', () => {
  test('what is compared again has the scores of the vectors', async () => {
    const { index } = await ivf({ points }, { codec: 'int4' });
    const found = await ivf.search(index, queries, { k: K });
    const { index: all } = await exact({ points });
    const truth = await exact.search(all, queries, { k: 2000 });
    for (let q = 0; q < 60; q++)
      for (let t = q * K; t < (q + 1) * K; t++) {
        const at = truth.rows.subarray(q * 2000, (q + 1) * 2000).indexOf(found.rows[t]);
        // Four sums in float64 against those of the engine in float64.
        expect(found.scores[t]).toBeCloseTo(truth.scores[q * 2000 + at], 6);
      }
  });

  test('a query reads a fourth of the bytes as int8, and the vectors of what it compares again', async () => {
    const bytes = async (options: object) => {
      const { index } = await ivf({ points }, { lists: 20, ...options });
      const { bytesRead } = await ivf.search(index, queries, { k: 1, effort: 5 });
      return [...(bytesRead ?? [])];
    };
    const [plain, coded] = [await bytes({}), await bytes({ codec: 'int8', rescore: 1 })];
    // Beside its number of 4 bytes each document has 16 numbers: of 4 bytes, or of 1. One vector is read again.
    expect(coded.map((own) => ((own - 64) * 68) / 20)).toEqual(plain);
  });

  test('the share that codes keep is in the expected recall', async () => {
    const { index, facts } = await ivf({ points }, { codec: 'bits', rescore: 1 });
    expect(facts['keptByCodes']).toBeLessThan(0.5);
    const found = await ivf.search(index, queries, { k: K });
    // 100 queries of the build and 60 here, each of ten rows with a share near 0.3: a standard error of about 0.03.
    expect(Math.abs((await recallOf(found)) - meanOf(found.recall ?? []))).toBeLessThan(0.1);
    const { index: again } = await ivf({ points }, { codec: 'bits', rescore: 20 });
    const better = await ivf.search(again, queries, { k: K });
    expect(await recallOf(better)).toBeGreaterThan(0.3 + (await recallOf(found)));
  });

  test('lists that were all read by their codes are not exact; when all are asked for, vectors are read', async () => {
    const { index } = await ivf({ points }, { lists: 3, codec: 'int8' });
    const allowed = Uint8Array.from({ length: 2000 }, (_, i) => (i < 5 ? 1 : 0));
    const short = await ivf.search(index, queries, { k: K, effort: 1, allowed });
    expect([short.exact, short.recall?.[0]]).toEqual([false, index.settings['kept']]);
    const all = await ivf.search(index, queries, { k: K, effort: 3, allowed });
    expect(all.exact).toBe(true);
    expect(ivf.forecast?.(index, { k: K, share: 1, effort: 3 }).recall).toBe(1);
    expect(ivf.forecast?.(index, { k: K, share: 1, effort: 2 }).recall).toBeLessThanOrEqual(
      index.settings['kept'] as number,
    );
  });

  test('codes that no codec here can read are refused in a sentence', async () => {
    const { index } = await ivf({ points }, { codec: 'int8' });
    const { arrays, n } = index;
    const ask = (settings: object) => {
      // Arrays of their own, as of another file: a codec is made ready once for each.
      const opened = {
        name: 'a.index',
        fields: arrays.fields,
        names: arrays.names,
        bytesRead: 0,
        shapeOf: (name: string) => arrays.shapeOf(name),
        whole: (name: string) => arrays.whole(name),
        slice: (name: string, from: number, to: number) => arrays.slice(name, from, to),
        close: async () => {},
      };
      const own = { settings: { ...index.settings, ...settings }, arrays: opened, n };
      return ivf.search(own, queries, { k: 1 });
    };
    await expect(ask({ codec: 'int9' })).rejects.toThrow('its lists hold codes of "int9"; float,');
  });

  test('one row, and rows of zeros', async () => {
    const { index } = await ivf({ points: [[0, 0]] }, { codec: 'int8' });
    const { rows } = await ivf.search(index, { points: [[1, 2]] }, { k: 2 });
    expect([...rows]).toEqual([0, -1]);
  });
});
