import { expect, test } from 'vitest';
import { quotientRemainder } from './quotient-remainder.ts';

const fields = [
  { name: 'user', size: 3000 },
  { name: 'item', size: 1000 },
];
const COMBINE = ['multiply', 'add', 'concat'] as const;

/** Seven ids by three remainders: the rows of remainders and of quotients are 10 … 60 and 1 … 6. */
async function byHand(combine: (typeof COMBINE)[number]) {
  const table = quotientRemainder.built({
    fields: [{ name: 'item', size: 7 }],
    dim: combine === 'concat' ? 4 : 2,
    deviation: 0.05,
    seed: 0,
    keep: 0,
    plan: { combine, radices: [[3, 3]] },
  });
  const [remainders, quotients] = table.network.parameters;
  remainders.data.set([10, 20, 30, 40, 50, 60]);
  quotients.data.set([1, 2, 3, 4, 5, 6]);
  return Array.from((await table.vectors('item', [0, 5, 6])).data);
}

// As QREmbeddingBag of DLRM has it with num_collisions 3: 5 = 3·1 + 2, 6 = 3·2 + 0. It puts the quotient's row first.
test('id 5 of seven by three remainders is the third row with the second, in DLRM and here', async () => {
  expect(await byHand('multiply')).toEqual([10, 40, 150, 240, 50, 120]);
  expect(await byHand('add')).toEqual([11, 22, 53, 64, 15, 26]);
  expect(await byHand('concat')).toEqual([10, 20, 1, 2, 50, 60, 3, 4, 10, 20, 5, 6]);
});

for (const combine of COMBINE) {
  for (const parts of [2, 3]) {
    test(`no two ids have the same vector: ${combine} of ${parts} parts`, async () => {
      const table = await quotientRemainder(
        { fields },
        { dim: 6, budget: 0.15, deviation: 0.1, combine, parts },
      );
      let distinct = 0;
      for (const { name } of fields) {
        const { data, rows, cols } = await table.vectors(name);
        const vectors = Array.from({ length: rows }, (_, i) =>
          data.subarray(i * cols, (i + 1) * cols).join(),
        );
        distinct += new Set(vectors).size;
      }
      expect(distinct).toBe(4000);
      expect(table.facts['distinct']).toBe(4000);
      expect(table.bytes / table.fullBytes).toBeLessThanOrEqual(0.15);
      // Less than one more row of the longest table of each field would fit.
      expect(table.bytes / table.fullBytes).toBeGreaterThan(0.147);
    });
  }
}

test('a tenth of 1,000 rows are 88 remainders and 12 quotients, so that at most 12 ids share a row', async () => {
  const table = await quotientRemainder({ fields: [fields[1]] }, { dim: 4, budget: 0.1 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [88, 4],
    [12, 4],
  ]);
  expect(table.facts).toEqual({ rows: 100, distinct: 1000, sharing: 12 });
});

test('the first ids share no row of remainders with one another', async () => {
  const table = await quotientRemainder({ fields: [fields[1]] }, { dim: 4, budget: 0.1 });
  const [remainders] = table.network.parameters;
  remainders.data.fill(0, 0, 4);
  const { data } = await table.vectors('item');
  const zeros = Array.from({ length: 1000 }, (_, id) => id).filter((id) => data[4 * id] === 0);
  expect(zeros).toEqual([0, 88, 176, 264, 352, 440, 528, 616, 704, 792, 880, 968]);
});

test('tables of a few ids fit their bytes or are refused', async () => {
  let refused = 0;
  for (const size of [1, 2, 3, 5, 7, 50]) {
    for (const combine of COMBINE) {
      for (const parts of [2, 3]) {
        for (const budget of [1, 0.8, 0.4]) {
          const input = { fields: [{ name: 'item', size }] };
          try {
            const table = await quotientRemainder(input, {
              dim: 6,
              budget,
              keep: 0,
              combine,
              parts,
            });
            expect(table.bytes).toBeLessThanOrEqual(Math.floor(budget * table.fullBytes));
          } catch (error) {
            expect(String(error)).toContain('option "budget" must be enough for');
            expect(budget).toBeLessThan(1);
            refused++;
          }
        }
      }
    }
  }
  expect(refused).toBeGreaterThan(0);
});

test('the whole budget is a row for every id', async () => {
  const table = await quotientRemainder({ fields }, { dim: 4 });
  expect(table.bytes).toBe(table.fullBytes);
  expect(table.facts['sharing']).toBe(1);
});

test('three parts go where two do not fit: 1,000 ids in 30 rows', async () => {
  const input = { fields: [fields[1]] };
  const options = { dim: 4, budget: 0.03 };
  await expect(quotientRemainder(input, options)).rejects.toThrow(
    'quotient-remainder: option "budget" must be enough for 1024 bytes, the smallest table of this kind for these fields; got "480 bytes".',
  );
  const table = await quotientRemainder(input, { ...options, parts: 3 });
  expect(table.network.parameters.map(({ shape }) => shape[0])).toEqual([10, 10, 10]);
});

test('columns that cannot be divided are refused', async () => {
  await expect(
    quotientRemainder({ fields }, { dim: 2, combine: 'concat', parts: 3 }),
  ).rejects.toThrow(
    'quotient-remainder: option "parts" must be at most 2, the columns that it divides; got 3.',
  );
});
