import { expect, test } from 'vitest';
import type { Matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { add, gradientsOf, scale, sum, Workspace } from '../../learning/index.ts';
import { unified } from './unified.ts';

const fields = [
  { name: 'user', size: 3000 },
  { name: 'item', size: 1000 },
];
const small = { dim: 8, chunks: 4, budget: 0.1 };

test('has one array for all fields, of as many rows as fit', async () => {
  const table = await unified({ fields }, small);
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([[1600, 2]]);
  expect(table.bytes).toBe(12_800);
  // 4 pieces of 4,000 ids on 1,600 rows.
  expect(table.facts).toEqual({ rows: 1600, width: 2, load: 10 });
});

test('each piece of a vector is a row of the table', async () => {
  const table = await unified({ fields }, small);
  const [{ data: rows }] = table.network.parameters;
  const known = new Set(
    Array.from({ length: 1600 }, (_, r) => `${rows[2 * r]} ${rows[2 * r + 1]}`),
  );
  const { data } = await table.vectors('item');
  for (let e = 0; e < data.length; e += 2)
    expect(known.has(`${data[e]} ${data[e + 1]}`)).toBe(true);
});

/** Pairs of ids with the same numbers in columns `from` … `to` − 1. */
function pairsAlike(a: Matrix, from: number, to: number): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < a.rows; i++) {
    const key = a.data.slice(i * a.cols + from, i * a.cols + to).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}

test('ids share a piece as often as chance has it, and no whole vector', async () => {
  const table = await unified({ fields }, small);
  const items = await table.vectors('item');
  // 499,500 pairs on 1,600 rows: 312 ± 18.
  for (const c of [0, 2, 4, 6]) {
    expect(Math.abs(pairsAlike(items, c, c + 2) - 312)).toBeLessThan(5 * 18);
  }
  // All four pieces alike: 499,500/1,600⁴ = 8·10⁻⁸ pairs.
  expect(pairsAlike(items, 0, 8)).toBe(0);
});

test('the same id of two fields, and the pieces of one id, have rows of their own', async () => {
  const table = await unified({ fields }, small);
  const users = await table.vectors('user', [7]);
  const items = await table.vectors('item', [7]);
  const pieces = [...users.data, ...items.data];
  expect(new Set(pieces).size).toBe(16);
});

test('by size, smaller fields have fewer pieces and zeros behind them', async () => {
  const table = await unified({ fields }, { ...small, widths: 'by-size' });
  // 4·1,000/3,000 rounds to 1.
  expect(table.facts['load']).toBe((4 * 3000 + 1000) / 1600);
  const { data } = await table.vectors('item', [3]);
  expect(data.subarray(0, 2).every((x) => x !== 0)).toBe(true);
  expect([...data.subarray(2)]).toEqual([0, 0, 0, 0, 0, 0]);
  const whole = await table.vectors('user', [3]);
  expect(whole.data.every((x) => x !== 0)).toBe(true);
});

test('columns that pieces do not divide are cut from the last one', async () => {
  const table = await unified({ fields }, { dim: 7, chunks: 3, budget: 0.1 });
  expect(table.facts['width']).toBe(3);
  const { cols, data } = await table.vectors('item', [1]);
  expect(cols).toBe(7);
  expect(new Set(data).size).toBe(7);
  // More pieces than columns are as many as columns.
  const thin = await unified({ fields }, { dim: 3, chunks: 9, budget: 0.1 });
  expect(thin.facts['width']).toBe(1);
  expect((await thin.vectors('item', [1])).cols).toBe(3);
});

test('has no more rows than there are pieces', async () => {
  const table = await unified({ fields }, { dim: 8, chunks: 4 });
  expect(table.facts['rows']).toBe(4 * 4000);
  const fewer = await unified({ fields }, { dim: 8, chunks: 4, widths: 'by-size' });
  expect(fewer.facts['rows']).toBe(4 * 3000 + 1000);
  expect(fewer.bytes).toBeLessThan(fewer.fullBytes);
});

test('rows of two fields that meet get the gradients of both', async () => {
  // One row of one column: all ids of both fields.
  const table = await unified(
    {
      fields: [
        { name: 'a', size: 300 },
        { name: 'b', size: 300 },
      ],
    },
    { dim: 1, chunks: 1, budget: 0.002 },
  );
  expect(table.facts['rows']).toBe(1);
  const loss = sum(add(scale(table.lookup('a', [5]), 2), scale(table.lookup('b', [9]), 3)));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  const [[, { data, rows }]] = gradients;
  expect([...(rows ?? [])]).toEqual([0]);
  expect([...data]).toEqual([5]);
});

test('a budget below one row is refused', async () => {
  await expect(unified({ fields }, { ...small, budget: 0.00001 })).rejects.toThrow(
    'unified: option "budget" must be enough for 8 bytes, the smallest table of this kind for these fields; got "1 bytes".',
  );
});

test('fields of few ids keep a row for each, out of the one table', async () => {
  const table = await unified({ fields: [...fields, { name: 'kind', size: 3 }] }, small);
  expect(table.network.parameters.map(({ shape }) => shape[0])).toContain(3);
  // ⌊0.1·4·8·4,003⌋ − 4·8·3 = 12,713 bytes are left: 1,589 rows for 16,000 pieces.
  expect(table.facts['load']).toBe(16_000 / 1589);
});
