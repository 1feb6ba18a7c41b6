import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { int8Rows } from './int8-rows.ts';
import type { Table } from './types.ts';

const fields = [{ name: 'item', size: 300 }];
const SCALES = ['fixed', 'learned'] as const;

/** Rows of two ids of three columns, set and rounded after a step. */
async function rounded(table: Table, values: readonly number[], seed = 1) {
  const { parameters, afterStep } = table.network;
  const pass = { step: 1, random: Random.fromSeed(seed) };
  table.lookup('item', [0, 1], pass);
  parameters[0].data.set(values);
  await afterStep?.(pass);
  const [codes, scales] = table.snapshot();
  return { codes: Array.from(codes.data, Number), scales: Array.from(scales.data, Number) };
}

const small = (scales: (typeof SCALES)[number], deviation = 0.05) =>
  int8Rows.built({
    fields: [{ name: 'item', size: 2 }],
    ...{ dim: 3, deviation, seed: 0, keep: 0, plan: { rows: [2], scales } },
  });

test('multiples of a row’s largest number over 127 are kept as they are', async () => {
  // A row of zeros stays one.
  const { codes, scales } = await rounded(small('fixed'), [127, -1, 64, 0, 0, 0]);
  expect(codes).toEqual([127, -1, 64, 0, 0, 0]);
  expect(scales).toEqual([1, 0]);
});

test('a number between two of the grid goes up as often as it is near: right on average', async () => {
  let sum = 0;
  for (let seed = 0; seed < 400; seed++) {
    const { codes } = await rounded(small('fixed'), [127, 2.25, 0, 0, 0, 0], seed);
    expect([2, 3]).toContain(codes[1]);
    sum += codes[1];
  }
  // A quarter of 400 go up: mean 2.25 ± √(3/16/400) = 0.0217.
  expect(Math.abs(sum / 400 - 2.25)).toBeLessThan(5 * 0.0217);
});

test('a learned scale cuts what is beyond 127, and grows by its parameter', async () => {
  // 20 deviations over 127 are 1.
  const table = small('learned', 127 / 20);
  const growth = table.network.parameters[1];
  growth.data[1] = Math.log(2);
  const { codes, scales } = await rounded(table, [500, -500, 3, 8, 4, 2]);
  expect(codes).toEqual([127, -127, 3, 4, 2, 1]);
  expect(scales[0]).toBeCloseTo(1, 6);
  expect(scales[1]).toBeCloseTo(2, 6);
  expect(Array.from(growth.data)).toEqual([0, 0]);
});

for (const scales of SCALES) {
  test(`rows that no step saw stay as they are: ${scales}`, async () => {
    const table = await int8Rows({ fields }, { dim: 8, keep: 0, budget: 0.4, scales });
    const [{ data: rows }] = table.network.parameters;
    const pass = { step: 1, random: Random.fromSeed(2) };
    table.lookup('item', [3, 5, 3], pass);
    const between = [1, 0.0031, 0.0031, 0.0031, 0.0031, 0.0031, 0.0031, 0.0031];
    for (const id of [0, 3]) rows.set(between, 8 * id);
    await table.network.afterStep?.(pass);
    expect(rows.subarray(0, 8)).toEqual(Float32Array.from(between));
    expect(rows.subarray(24, 32)).not.toEqual(Float32Array.from(between));
  });

  test(`stores a byte a number and four a row: ${scales}`, async () => {
    const table = await int8Rows({ fields }, { dim: 8, keep: 0, budget: 0.4, scales });
    expect(table.snapshot().map(({ data }) => data.constructor)).toEqual([Int8Array, Float32Array]);
    expect(table.bytes).toBe(300 * 12);
  });

  test(`what is looked up is what was stored, after a step too: ${scales}`, async () => {
    const table = await int8Rows({ fields }, { dim: 8, keep: 0, budget: 0.4, scales });
    const pass = { step: 1, random: Random.fromSeed(2) };
    table.lookup('item', [0, 7, 9], pass);
    const [{ data: rows }] = table.network.parameters;
    rows.set(rows.map((value) => 1.3 * value));
    await table.network.afterStep?.(pass);
    const other = int8Rows.built(table.model.settings);
    other.take(table.snapshot());
    const ids = [0, 7, 9];
    expect(await other.vectors('item', ids)).toEqual(await table.vectors('item', ids));
  });
}

test('with fewer rows than ids they share rows by a hash', async () => {
  const table = await int8Rows({ fields }, { dim: 8, keep: 0, budget: 0.1 });
  expect(table.facts).toEqual({ rows: 80 });
  const { data } = await table.vectors('item');
  const rows = Array.from({ length: 300 }, (_, i) => data.subarray(8 * i, 8 * i + 8).join());
  expect(new Set(rows).size).toBeLessThanOrEqual(80);
});

test('a snapshot of another table is refused', async () => {
  const table = await int8Rows({ fields }, { dim: 8, keep: 0, budget: 0.4 });
  expect(() => table.take([])).toThrow(
    'int8-rows: the snapshot has nothing for item.codes; 2400 are expected.',
  );
});

test('as printed in the example: 1,000 rows of 16 columns have 31 % of the bytes', async () => {
  const items = { fields: [{ name: 'item', size: 1000 }] };
  const table = await int8Rows(items, { dim: 16, budget: 0.35 });
  expect(table.facts).toEqual({ rows: 1000 });
  expect(table.bytes / table.fullBytes).toBe(0.3125);
});
