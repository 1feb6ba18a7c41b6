import { expect, test } from 'vitest';
import { full } from './full.ts';

const fields = [
  { name: 'item', size: 1000 },
  { name: 'kind', size: 3 },
];

test('looks rows up, and holds four bytes for each number', async () => {
  const table = await full({ fields }, { dim: 8 });
  expect(table.bytes).toBe(4 * 8 * 1003);
  expect(table.bytes).toBe(table.fullBytes);
  const { data } = await table.vectors('item');
  const some = await table.vectors('item', [999, 0]);
  expect(some.data).toEqual(Float32Array.of(...data.slice(999 * 8), ...data.slice(0, 8)));
});

test('begins with normal numbers of the deviation asked for', async () => {
  const { data } = await (await full({ fields }, { deviation: 0.3 })).vectors('item');
  const variance = Array.from(data).reduce((sum, x) => sum + x * x, 0) / data.length;
  // 16,000 numbers: the variance is within 4.5 % of 0.09 but for one in 10,000.
  expect(variance).toBeGreaterThan(0.086);
  expect(variance).toBeLessThan(0.094);
});

test('needs the whole budget', async () => {
  await expect(full({ fields }, { budget: 0.5 })).rejects.toThrow(
    'full: option "budget" must be enough for 64000 bytes, the smallest table of this kind for these fields; got "31904 bytes".',
  );
});
