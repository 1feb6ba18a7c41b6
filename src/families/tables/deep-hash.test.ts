import { expect, test } from 'vitest';
import { deepHash } from './deep-hash.ts';

const fields = [
  { name: 'user', size: 300 },
  { name: 'item', size: 1000 },
];

test('a hidden layer of two columns that are opposite gives mish(1) and mish(−1)', async () => {
  const table = deepHash.built(
    {
      fields: [{ name: 'item', size: 50 }],
      ...{ dim: 2, deviation: 0.05, seed: 0, keep: 0 },
      plan: { hashes: 1, layers: 1, width: 2 },
    },
    new Float64Array(0),
  );
  const by = new Map(table.network.parameters.map(({ name, data }) => [name, data]));
  // Any hash u gives (1000·u, −1000·u), normalized ±(1, −1).
  by.get('hidden-1.weight')?.set([1000, -1000]);
  by.get('vectors.weight')?.set([1, 0, 0, 10]);
  by.get('vectors.bias')?.set([0, 1]);
  const { data } = await table.vectors('item');
  // x·tanh(log(1 + eˣ)) at 1 and −1.
  const [above, below] = [0.865098, -0.303401];
  const seen = new Set<boolean>();
  for (let i = 0; i < 50; i++) {
    const up = data[2 * i] > 0;
    seen.add(up);
    expect(data[2 * i]).toBeCloseTo(up ? above : below, 4);
    expect(data[2 * i + 1]).toBeCloseTo(1 + 10 * (up ? below : above), 4);
  }
  expect(seen.size).toBe(2);
});

test('the width is the largest that fits, and more hashes leave less of it', async () => {
  const made = (hashes: number) => deepHash({ fields }, { dim: 8, budget: 0.25, hashes });
  const [few, many] = [await made(16), await made(64)];
  // 2,600 numbers: h² + (16 + 6 + 8)·h + 8 = 2,599 − … at h = 38, 2,729 at 39; h² + 78·h + 8 at 25, 2,709 at 26.
  expect(few.facts).toEqual({ hashes: 16, width: 38 });
  expect(many.facts).toEqual({ hashes: 64, width: 25 });
  expect(few.bytes).toBe(4 * (38 * 38 + 30 * 38 + 8));
  expect(many.bytes).toBe(4 * (25 * 25 + 78 * 25 + 8));
});

test('an id of one field is another than that of another field', async () => {
  const table = await deepHash({ fields }, { dim: 8, budget: 0.25 });
  const [user, item] = [await table.vectors('user', [7]), await table.vectors('item', [7])];
  expect(user.data).not.toEqual(item.data);
});

test('no two ids have the same vector', async () => {
  const table = await deepHash({ fields }, { dim: 8, budget: 0.1, hashes: 16 });
  const { data } = await table.vectors('item');
  const rows = Array.from({ length: 1000 }, (_, i) => data.subarray(8 * i, 8 * i + 8).join());
  expect(new Set(rows).size).toBe(1000);
});

test('a budget below one column is refused with the bytes of one', async () => {
  // 4·(128 + 3 + 1 + 3 + 8·2): one hidden column in two layers.
  await expect(deepHash({ fields }, { dim: 8, budget: 0.01 })).rejects.toThrow(
    'deep-hash: option "budget" must be enough for 604 bytes',
  );
});

test('as printed in the example: 32 hashes and 27 columns', async () => {
  const table = await deepHash({ fields: [fields[1]] }, { dim: 8, budget: 0.25, hashes: 32 });
  expect(table.facts).toEqual({ hashes: 32, width: 27 });
});
