import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, rows as rowsOf, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { openPacked, type PackedArray, writePacked } from '../../io/packed.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { exact } from './exact.ts';
import { hash } from './hash.ts';
import type { OpenIndex } from './types.ts';

const points = uniformPoints(3000, 16, Random.fromSeed(5));
const queries = uniformPoints(20, 16, Random.fromSeed(6));

/** Share of the ten nearest that is found. */
async function recall(index: OpenIndex, effort: number): Promise<number> {
  const found = await hash.search(index, { points: queries }, { k: 10, effort });
  const truth = await hash.search(index, { points: queries }, { k: 10, exactly: true });
  let both = 0;
  for (let q = 0; q < 20; q++) {
    const own = new Set(truth.rows.subarray(10 * q, 10 * q + 10));
    for (const row of found.rows.subarray(10 * q, 10 * q + 10)) if (own.has(row)) both += 1;
  }
  return both / 200;
}

/** Points of ten classes in 20 columns that matter little beside 20 of noise. */
function noisyClasses(n: number, random: Random) {
  const out = zeros(n, 40);
  const centers = uniformPoints(10, 20, Random.fromSeed(1));
  const classes: string[] = [];
  for (let i = 0; i < n; i++) {
    const own = random.integer(10);
    classes.push(`c${own}`);
    for (let c = 0; c < 40; c++) {
      const center = c < 20 ? 3 * centers.data[own * 20 + c] : 0;
      out.data[i * 40 + c] = center + (c < 20 ? 0.5 : 3) * random.normal();
    }
  }
  return { points: out, columns: { class: classes } };
}

describe('hash', () => {
  test('the example of its page', async () => {
    const { index } = await hash({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
    const { rows } = await hash.search(index, { points: [[2, 1]] }, { k: 2 });
    expect([...rows].join(' ')).toBe('2 0');
  });

  test.each(['cosine', 'dot', 'euclidean'] as const)(
    '%s: scores are those of exact search',
    async (similarity) => {
      const { index } = await hash({ points }, { similarity });
      const some = { points: rowsOf(queries, 0, 3) };
      const found = await hash.search(index, some, { k: 3, effort: 400 });
      expect(found.exact).toBe(false);
      expect([...found.scanned]).toEqual([400, 400, 400]);
      const own = (await exact({ points }, { similarity })).index;
      const all = await exact.search(own, some, { k: 3000 });
      for (let q = 0; q < 3; q++)
        for (let j = 3 * q; j < 3 * q + 3; j++) {
          const place = all.rows.subarray(3000 * q, 3000 * (q + 1)).indexOf(found.rows[j]);
          // Products in float32 beside sums of float64.
          expect(found.scores[j]).toBeCloseTo(all.scores[3000 * q + place], 5);
        }
    },
  );

  test('more candidates, more of the truth; as many as there are, all of it', async () => {
    const { index } = await hash({ points });
    const recalls = [];
    for (const effort of [30, 300, 3000]) recalls.push(await recall(index, effort));
    expect(recalls[0]).toBeLessThan(recalls[1]);
    // A tenth of the rows, of 16 bits in 16 dimensions: far above the tenth that chance finds.
    expect(recalls[1]).toBeGreaterThan(0.6);
    expect(recalls[2]).toBe(1);
  });

  test('the share of differing bits of random planes is the angle over π', async () => {
    // Opposite rows keep the mean at 0, about which the planes turn.
    const angle = 1;
    const pair = [1, 0, 0, Math.cos(angle), Math.sin(angle), 0];
    const both = matrix(Float32Array.from([...pair, ...pair.map((x) => -x)]), 4, 3);
    const { index } = await hash({ points: both }, { method: 'lsh', bits: 8192 });
    const codes = (await index.arrays.whole('codes')) as Uint32Array;
    let count = 0;
    for (let w = 0; w < 256; w++)
      for (let bits = (codes[w] ^ codes[256 + w]) >>> 0; bits > 0; bits &= bits - 1, bits >>>= 0)
        count += 1;
    // Four standard errors of √(p(1 − p)/8192).
    expect(Math.abs(count / 8192 - angle / Math.PI)).toBeLessThan(4 * 0.0052);
  });

  test('signs are those of the columns', async () => {
    const rows = matrix(new Float32Array([1, -1, 2, -3, -1, 0]), 2, 3);
    const { index } = await hash({ points: rows }, { method: 'signs' });
    expect([...(await index.arrays.whole('codes'))]).toEqual([0b101, 0]);
  });

  test('classes decide where columns of noise are louder', async () => {
    const corpus = noisyClasses(2000, Random.fromSeed(2));
    const asked = noisyClasses(50, Random.fromSeed(3));
    const precision = async (method: 'itq' | 'supervised') => {
      const { index } = await hash(corpus, { method, bits: 32 });
      const codes = (await index.arrays.whole('codes')) as Uint32Array;
      const own = (await hash.search(index, { points: asked.points }, { k: 1, effort: 1 })).rows;
      const classes = corpus.columns.class;
      expect(codes.length).toBe(2000);
      return own.reduce((sum, i, q) => sum + Number(classes[i] === asked.columns.class[q]), 0) / 50;
    };
    expect(await precision('supervised')).toBeGreaterThan((await precision('itq')) + 0.3);
  });

  test('of a file only candidates are read', async () => {
    const { index } = await hash({ points });
    const arrays: [string, PackedArray][] = [];
    for (const name of index.arrays.names)
      arrays.push([
        name,
        { shape: index.arrays.shapeOf(name), data: await index.arrays.whole(name) },
      ]);
    const kind = { format: 'tammes-index', version: 1, title: 'index' };
    const path = join(mkdtempSync(join(tmpdir(), 'tammes-hash-')), 'a.index');
    await writePacked(path, kind, index.settings, Object.fromEntries(arrays));
    const file = await openPacked(path, kind);
    const opened = { settings: file.fields, arrays: file, n: index.n };
    const one = { points: matrix(queries.data.slice(0, 16), 1, 16) };
    const found = await hash.search(opened, one, { k: 5, effort: 20 });
    expect(found).toEqual(await hash.search(index, one, { k: 5, effort: 20 }));
    // The vectors alone take 192,000 bytes.
    expect(file.bytesRead).toBeLessThan(100_000);
    await file.close();
  });

  test('bits that all rows have are said', async () => {
    const flat = points.data.map((x, e) => (e % 16 < 2 ? 0 : x));
    const build = (rows: Matrix) => hash({ points: rows }, { similarity: 'dot', method: 'signs' });
    const { facts, warnings } = await build(matrix(flat, 3000, 16));
    expect(facts['sameBits']).toBe(2);
    expect(warnings).toEqual([
      '2 bits are the same in all rows and tell nothing; take fewer bits, or another method.',
    ]);
    expect((await build(points)).warnings).toEqual([]);
  });

  test('one row, equal rows and fewer rows than columns are found', async () => {
    for (const rows of [1, 3]) {
      const same = matrix(new Float32Array(rows * 4).fill(1), rows, 4);
      for (const method of ['itq', 'lsh'] as const) {
        const { index } = await hash({ points: same }, { method });
        const found = await hash.search(index, { points: same }, { k: 1 });
        expect([...found.rows]).toEqual(new Array(rows).fill(0));
      }
    }
  });

  test('bits, classes and rows that cannot be are refused', async () => {
    await expect(hash({ points }, { bits: 17 })).rejects.toThrow(
      '"bits" must be at most 16, the columns, for itq (lsh has no limit)',
    );
    await expect(hash({ points }, { method: 'signs', bits: 8 })).rejects.toThrow(
      '0 or 16 for signs',
    );
    const corpus = noisyClasses(30, Random.fromSeed(2));
    const by = (columns: Record<string, string[]>) =>
      hash({ points: corpus.points, columns }, { method: 'supervised' });
    await expect(by({ topic: corpus.columns.class })).rejects.toThrow(
      'the column "class"; the columns are: topic',
    );
    await expect(by({ class: corpus.columns.class.with(4, '') })).rejects.toThrow(
      'row 4 has no class',
    );
    await expect(by({ class: new Array(30).fill('a') })).rejects.toThrow('all rows have one class');
  });
});
