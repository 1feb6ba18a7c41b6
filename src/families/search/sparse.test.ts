import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { type SparseMatrix, sparseMatrix, sparseOf } from '../../core/sparse.ts';
import { exact } from './exact.ts';
import { sparse } from './sparse.ts';

/** Rows with a share of normal numbers, the first columns more often. */
function someRows(n: number, d: number, seed: number) {
  const random = Random.fromSeed(seed);
  const data = Float32Array.from({ length: n * d }, (_, e) =>
    random.uniform() < 0.4 / (1 + (e % d)) ? random.normal() : 0,
  );
  return matrix(data, n, d);
}

const documents = someRows(300, 20, 1);
const queries = someRows(9, 20, 2);

describe('sparse', () => {
  test('the example of its page', async () => {
    const rows = sparseMatrix(3, 4, [
      { row: 0, column: 1 },
      { row: 1, column: 2 },
      { row: 2, column: 1, value: 2 },
    ]);
    const { index } = await sparse({ sparse: rows }, { similarity: 'dot' });
    const query = sparseMatrix(1, 4, [{ row: 0, column: 1, value: 3 }]);
    const { rows: found, scores } = await sparse.search(index, { sparse: query }, { k: 2 });
    expect([[...found].join(' '), [...scores].join(' ')]).toEqual(['2 0', '6 3']);
  });

  test.each(['cosine', 'dot'] as const)(
    '%s: the answers are those of exact search among the dense rows',
    async (similarity) => {
      const { index } = await sparse({ sparse: sparseOf(documents) }, { similarity });
      const dense = (await exact({ points: documents }, { similarity })).index;
      // More than share a column with some of the queries: rows with score 0, and below it, are among them.
      for (const request of [{ k: 10 }, { k: 300 }]) {
        const found = await sparse.search(index, { sparse: sparseOf(queries) }, request);
        const wanted = await exact.search(dense, { points: queries }, request);
        expect(found.exact).toBe(true);
        for (const [at, score] of found.scores.entries())
          expect(score).toBeCloseTo(wanted.scores[at], 5);
        expect(found.rows.every((row) => row >= 0)).toBe(true);
      }
    },
  );

  test('it scores the rows that share a column, and counts the multiplications', async () => {
    const { index } = await sparse({ sparse: sparseOf(documents) });
    const { scanned, operations } = await sparse.search(
      index,
      { sparse: sparseOf(queries) },
      { k: 1 },
    );
    for (let q = 0; q < 9; q++) {
      let [rows, products] = [0, 0];
      for (let i = 0; i < 300; i++) {
        let shared = 0;
        for (let c = 0; c < 20; c++)
          if (queries.data[q * 20 + c] !== 0 && documents.data[i * 20 + c] !== 0) shared++;
        products += shared;
        if (shared > 0) rows++;
      }
      expect([scanned[q], operations?.[q]]).toEqual([rows, products]);
    }
  });

  test('the rows as queries take n Σ p² multiplications on average: the fact operations', async () => {
    const rows = sparseOf(documents);
    const { index, facts } = await sparse({ sparse: rows });
    const { operations } = await sparse.search(index, { sparse: rows }, { k: 1 });
    const total = operations?.reduce((sum, own) => sum + own, 0) ?? 0;
    expect(total / 300).toBeCloseTo(facts['operations'], 9);
    expect(facts['operations']).toBeCloseTo(300 * facts['flops'], 9);
  });

  test('only rows that are allowed are scored', async () => {
    const allowed = Uint8Array.from({ length: 300 }, (_, i) => (i < 30 ? 1 : 0));
    const { index } = await sparse({ sparse: sparseOf(documents) });
    const part = sparseOf(matrix(documents.data.slice(0, 600), 30, 20));
    const few = (await sparse({ sparse: part })).index;
    const asked = { sparse: sparseOf(queries) };
    expect(await sparse.search(index, asked, { k: 7, allowed })).toEqual(
      await sparse.search(few, asked, { k: 7 }),
    );
  });

  test('entries that are 0 count for nothing; float64 values stay what they are', async () => {
    const rows: SparseMatrix = {
      rows: 2,
      cols: 2,
      offsets: Int32Array.of(0, 2, 3),
      columns: Int32Array.of(0, 1, 1),
      values: Float64Array.of(0.1, 0, 0.3),
    };
    const { index, facts } = await sparse({ sparse: rows }, { similarity: 'dot' });
    expect(facts['nonzeros']).toBe(1);
    const query = sparseMatrix(1, 2, [
      { row: 0, column: 0, value: 1 },
      { row: 0, column: 1, value: 0 },
    ]);
    const found = await sparse.search(index, { sparse: query }, { k: 2 });
    expect([...found.rows]).toEqual([0, 1]);
    expect([...found.scores]).toEqual([0.1, 0]);
    expect([...found.scanned]).toEqual([1]);
  });

  test('rows and a query of zeros have the score 0, and rows of zeros are told', async () => {
    const rows = sparseOf(matrix(new Float32Array([1, 0, 0, 0]), 2, 2));
    const { index, warnings } = await sparse({ sparse: rows });
    expect(warnings).toEqual(['1 of 2 rows have no number that is not 0.']);
    const query = sparseOf(matrix(new Float32Array(2), 1, 2));
    const found = await sparse.search(index, { sparse: query }, { k: 2 });
    expect([[...found.rows], [...found.scores]]).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  test('a number that is not finite, a column twice and other columns are refused', async () => {
    const [offsets, columns] = [Int32Array.of(0, 2), Int32Array.of(1, 1)];
    const rows = { rows: 1, cols: 2, offsets, columns, values: Float64Array.of(1, 2) };
    await expect(sparse({ sparse: rows })).rejects.toThrow('row 0 has column 1 twice');
    const wild = { ...rows, columns: Int32Array.of(0, 1), values: Float64Array.of(1, Infinity) };
    await expect(sparse({ sparse: wild })).rejects.toThrow('row 0 has Infinity in column 1');
    const { index } = await sparse({ sparse: sparseOf(documents) });
    const query = sparseMatrix(1, 3, [{ row: 0, column: 1 }]);
    await expect(sparse.search(index, { sparse: query }, { k: 1 })).rejects.toThrow(
      'queries of 20 columns',
    );
  });
});
