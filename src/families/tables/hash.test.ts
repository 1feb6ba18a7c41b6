import { expect, test } from 'vitest';
import { hash } from './hash.ts';

const fields = [
  { name: 'user', size: 3000 },
  { name: 'item', size: 1000 },
];

test('gives rows to fields in proportion to their ids, within the budget', async () => {
  const table = await hash({ fields }, { dim: 4, budget: 0.1 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [300, 4],
    [100, 4],
  ]);
  expect(table.facts['rows']).toBe(400);
});

test('an id has one of the rows, and as many ids share a row as chance has it', async () => {
  const table = await hash({ fields }, { dim: 4, budget: 0.1, seed: 3 });
  const { data } = await table.vectors('item');
  const [, rows] = table.network.parameters;
  const firsts = new Set(rows.data.filter((_, e) => e % 4 === 0));
  const counts = new Map<number, number>();
  for (let id = 0; id < 1000; id++) {
    expect(firsts.has(data[4 * id])).toBe(true);
    counts.set(data[4 * id], (counts.get(data[4 * id]) ?? 0) + 1);
  }
  // Pairs of ids that share one of 100 rows: 499,500/100 = 4,995 ± 70.
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  expect(Math.abs(pairs - 4995)).toBeLessThan(5 * 70);
});

test('a budget below a row for each field is refused', async () => {
  await expect(hash({ fields }, { dim: 4, budget: 0.0001 })).rejects.toThrow(
    'hash: option "budget" must be enough for 32 bytes',
  );
});

test('small fields that alone have more than the budget are refused with the way out', async () => {
  await expect(hash({ fields }, { dim: 4, budget: 0.1, keep: 2000 })).rejects.toThrow(
    'hash: option "budget" must be enough for 16000 bytes, those of fields of at most 2000 ids, which keep a row for each (keep, --keep); got "6400 bytes".',
  );
});
