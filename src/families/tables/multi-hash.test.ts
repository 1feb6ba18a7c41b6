import { expect, test } from 'vitest';
import { hash } from './hash.ts';
import { multiHash } from './multi-hash.ts';

const fields = [
  { name: 'user', size: 3000 },
  { name: 'item', size: 1000 },
];

test('gives rows to fields in proportion to their ids, within the budget', async () => {
  const table = await multiHash({ fields }, { dim: 4, budget: 0.1 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [300, 4],
    [100, 4],
  ]);
  expect(table.bytes).toBe(4 * 4 * 400);
  expect(table.facts['rows']).toBe(400);
});

test('a vector is the mean of rows: with the rows at 1 it is 1', async () => {
  const table = await multiHash({ fields }, { dim: 2, budget: 0.1, hashes: 3 });
  for (const { data } of table.network.parameters) data.fill(1);
  const { data } = await table.vectors('item');
  for (const x of data) expect(x).toBeCloseTo(1, 6);
});

test('an id has as many rows as hashes, each row as likely as another', async () => {
  const table = await multiHash({ fields }, { dim: 1, budget: 0.1, hashes: 4 });
  const [, { data: rows }] = table.network.parameters;
  const counts = new Float64Array(100);
  for (let r = 0; r < 100; r++) {
    rows.fill(0);
    rows[r] = 1;
    const { data } = await table.vectors('item');
    counts[r] = 4 * Array.from(data).reduce((sum, x) => sum + x, 0);
  }
  expect(counts.reduce((a, b) => a + b)).toBe(4 * 1000);
  // χ² of 100 rows, 99 degrees of freedom: 99.99 % lie within 54 … 161.
  const chi = counts.reduce((sum, count) => sum + (count - 40) ** 2 / 40, 0);
  expect(chi).toBeGreaterThan(54);
  expect(chi).toBeLessThan(161);
});

test('ids with the same rows are as many as the birthday bound has it', async () => {
  const table = await multiHash({ fields }, { dim: 1, budget: 0.02, keep: 0, hashes: 2 });
  // 60 and 20 rows: 4,498,500·(2·60 − 1)/60³ + 499,500·(2·20 − 1)/20³.
  const expected = (4_498_500 * 119) / 60 ** 3 + (499_500 * 39) / 20 ** 3;
  expect(table.facts['alike']).toBeCloseTo(expected, 6);
  let pairs = 0;
  for (const { name } of fields) {
    const counts = new Map<number, number>();
    for (const x of (await table.vectors(name)).data) counts.set(x, (counts.get(x) ?? 0) + 1);
    for (const n of counts.values()) pairs += (n * (n - 1)) / 2;
  }
  // Pairs are almost independent: √4,913 = 70.
  expect(Math.abs(pairs - expected)).toBeLessThan(5 * 70);
});

test('one hash gives as many vectors as rows, as hashing does; four give each id its own', async () => {
  const vectorsOf = async (hashes: number) => {
    const table = await multiHash({ fields }, { dim: 1, budget: 0.1, hashes });
    return new Set((await table.vectors('item')).data).size;
  };
  expect(await vectorsOf(1)).toBeLessThanOrEqual(100);
  const plain = await hash({ fields }, { dim: 1, budget: 0.1 });
  expect(new Set((await plain.vectors('item')).data).size).toBeLessThanOrEqual(100);
  expect(await vectorsOf(4)).toBe(1000);
});

test('a budget below a row for each field is refused', async () => {
  await expect(multiHash({ fields }, { dim: 4, budget: 0.0001 })).rejects.toThrow(
    'multi-hash: option "budget" must be enough for 32 bytes',
  );
});

test('the example of the page', async () => {
  const table = await multiHash(
    { fields: [{ name: 'word', size: 10_000 }] },
    { dim: 8, budget: 0.05 },
  );
  expect(table.facts['rows']).toBe(500);
  expect(table.facts['alike']?.toFixed(3)).toBe('0.019');
});
