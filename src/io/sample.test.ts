import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { encode, readSample, sampleRows, type VectorTable } from './index.ts';

/** n rows (row, 1, …), labelled by their numbers, with a column of numbers. */
function numbered(n: number, cols = 3): VectorTable {
  const data = Float32Array.from({ length: n * cols }, (_, e) =>
    e % cols === 0 ? Math.floor(e / cols) : 1,
  );
  return {
    points: { data, rows: n, cols },
    labels: Array.from({ length: n }, (_, i) => `r${i}`),
    columns: { twice: Float64Array.from({ length: n }, (_, i) => 2 * i) },
  };
}

const file = (table: VectorTable) => encode(table, { format: 'parquet' });

describe('readSample', () => {
  test('gives rows of the file with their numbers, labels and columns, each at most once', async () => {
    const { points, labels, columns, survey } = await readSample(await file(numbered(5000)), 200);
    expect(points.rows).toBe(200);
    const rows = [...survey.rows];
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
    expect(Array.from(rows, (_, i) => points.data[3 * i])).toEqual(rows);
    expect(labels).toEqual(rows.map((row) => `r${row}`));
    expect(columns).toEqual({ twice: Float64Array.from(rows, (row) => 2 * row) });
    expect(survey).toMatchObject({ of: 5000, invalid: [], copies: [] });
  });

  test('the seed decides, and files of as many rows give the same ones', async () => {
    const wide = await readSample(await encode(numbered(3000, 7), { format: 'npy' }), 50);
    const narrow = await readSample(await file(numbered(3000)), 50);
    expect(narrow.survey.rows).toEqual(wide.survey.rows);
    const other = await readSample(await file(numbered(3000)), 50, { seed: 1 });
    expect(other.survey.rows).not.toEqual(wide.survey.rows);
  });

  test('every row comes where the file has no more, and as read gives it', async () => {
    const table = numbered(40);
    const { points, survey } = await readSample(await file(table), 100);
    expect(points.data).toEqual(table.points.data);
    expect([...survey.rows]).toEqual([...Array(40).keys()]);
  });

  test('rows of zeros and of no finite number are named, wherever they are, and never drawn', async () => {
    const table = numbered(4000);
    table.points.data.fill(0, 3 * 7, 3 * 8);
    table.points.data[3 * 1234 + 1] = NaN;
    table.points.data[3 * 3999] = -Infinity;
    for (const m of [10, 4000]) {
      const { points, survey } = await readSample(await file(table), m);
      expect(survey.invalid).toEqual([7, 1234, 3999]);
      expect(points.data.every(Number.isFinite)).toBe(true);
      expect([...survey.rows].filter((row) => survey.invalid.includes(row))).toEqual([]);
    }
  });

  test('says how many rows a sample has, and what has none', async () => {
    const bytes = await file(numbered(4));
    await expect(readSample(bytes, 0)).rejects.toThrow('a sample has at least 1 row; 0 were asked');
    const none = { points: { data: new Float32Array(6), rows: 3, cols: 2 } };
    await expect(sampleRows(none, 2)).rejects.toThrow('no row that was drawn has a direction.');
  });
});

it('a table in memory gives the same sample as its file', async () => {
  const table = numbered(900);
  const { points, labels, survey } = await sampleRows(table, 30, { seed: 5 });
  const read = await readSample(await file(table), 30, { seed: 5 });
  expect({ points, labels, survey }).toEqual({
    points: read.points,
    labels: read.labels,
    survey: read.survey,
  });
});

it('rows equal to an earlier one are found among all, whatever is drawn', async () => {
  const row = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      const points = { data: Float32Array.from(rows.flat()), rows: rows.length, cols: 2 };
      const names = rows.map(String);
      const wanted = names.flatMap((name, i) => (names.indexOf(name) < i ? [i] : []));
      expect((await sampleRows({ points }, 1)).survey.copies).toEqual(wanted);
    }),
  );
});

it('hashes tell a million nearly equal rows apart', async () => {
  const n = 1_000_000;
  const data = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    data[2 * i] = 1 + Math.floor(i / 1000) * 2 ** -23;
    data[2 * i + 1] = 1 + (i % 1000) * 2 ** -23;
  }
  const { survey } = await sampleRows({ points: { data, rows: n, cols: 2 } }, 1);
  expect(survey.copies).toEqual([]);
});
