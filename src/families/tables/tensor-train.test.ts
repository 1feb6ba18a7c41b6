import { expect, test } from 'vitest';
import { threeFactors } from './support/tensor-train-shape.ts';
import { tensorTrain } from './tensor-train.ts';

const fields = [{ name: 'item', size: 1000 }];

test('the vector of an id is the product of its three matrices', async () => {
  // Eight ids in 2 × 2 × 2 places, four columns as 2 × 1 × 2, rank 2.
  const table = tensorTrain.built({
    fields: [{ name: 'item', size: 8 }],
    ...{ dim: 4, deviation: 0.05, seed: 0, keep: 0, plan: { rank: 2 } },
  });
  const [a, b, c] = table.network.parameters;
  a.data.set([1, 0, 0, 1, 2, 1, 1, 1]);
  b.data.set([1, 2, 3, 4, 0, 1, 1, 0]);
  c.data.set([1, 1, 0, 1, 5, 6, 7, 8]);
  // Id 0: I·[1 2; 3 4]·[1 1; 0 1]; id 3 = 1 + 2·1: [2 1; 1 1]·[0 1; 1 0]·the same; id 4 is the third core's other row.
  const { data } = await table.vectors('item', [0, 3, 4]);
  expect(Array.from(data)).toEqual([1, 3, 3, 7, 1, 3, 1, 2, 19, 22, 43, 50]);
});

test('a tenth of 1,000 rows of eight columns is a train of rank 5', async () => {
  const table = await tensorTrain({ fields }, { dim: 8, budget: 0.1 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [10, 10],
    [10, 50],
    [10, 10],
  ]);
  expect(table.facts).toEqual({ rank: 5 });
  expect(table.bytes).toBe(2800);
});

test('no two ids have the same vector in three hundredths of the bytes', async () => {
  const table = await tensorTrain({ fields }, { dim: 8, budget: 0.03, deviation: 0.1 });
  const { data } = await table.vectors('item');
  const rows = Array.from({ length: 1000 }, (_, i) => data.subarray(8 * i, 8 * i + 8).join());
  expect(new Set(rows).size).toBe(1000);
  expect(table.bytes / table.fullBytes).toBeLessThanOrEqual(0.03);
});

test('factors of the columns are as near to one another as there are, the smallest in the middle', () => {
  expect([4, 8, 12, 16, 64, 7].map(threeFactors)).toEqual([
    [2, 1, 2],
    [2, 2, 2],
    [2, 2, 3],
    [2, 2, 4],
    [4, 4, 4],
    [1, 1, 7],
  ]);
});

test('a budget below rank 1 is refused', async () => {
  await expect(tensorTrain({ fields }, { dim: 8, budget: 0.001 })).rejects.toThrow(
    'tensor-train: option "budget" must be enough for 240 bytes',
  );
});
