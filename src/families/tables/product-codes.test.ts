import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { evaluate, Workspace } from '../../learning/index.ts';
import { productCodes } from './product-codes.ts';

const fields = [{ name: 'item', size: 1000 }];

/** Two ids of four columns in two pieces, books of two words. */
function byHand() {
  const table = productCodes.built({
    fields: [{ name: 'item', size: 2 }],
    ...{ dim: 4, deviation: 0.05, seed: 0, keep: 0, plan: { parts: 2, words: 2 } },
  });
  const [rows, book] = table.network.parameters;
  rows.data.set([0.9, 0.1, 5, 5, 0.1, 0.8, -3, 0]);
  book.data.set([1, 0, 0, 1, 4, 4, -4, -4]);
  return table;
}

test('each piece is the nearest word of its book', async () => {
  const { data } = await byHand().vectors('item');
  expect(Array.from(data)).toEqual([1, 0, 4, 4, 0, 1, -4, -4]);
});

test('in training the values are the same', async () => {
  const training = { step: 1, random: Random.fromSeed(1) };
  const y = byHand().lookup('item', [1, 0], training);
  expect(Array.from(await evaluate(y, new Workspace(referenceEngine)))).toEqual([
    0, 1, -4, -4, 1, 0, 4, 4,
  ]);
});

test('a byte a piece and the books are stored, and give the vectors back', async () => {
  const table = byHand();
  const [codes, book] = table.snapshot();
  expect(codes.data).toEqual(Uint8Array.of(0, 0, 1, 1));
  expect(book.shape).toEqual([4, 2]);
  expect(table.bytes).toBe(4 + 32);
  const other = productCodes.built(table.model.settings);
  other.take(table.snapshot());
  expect(await other.vectors('item')).toEqual(await table.vectors('item'));
});

test('smaller budgets have fewer pieces, then fewer words', async () => {
  const facts = async (budget: number) =>
    (await productCodes({ fields }, { dim: 8, budget })).facts;
  expect(await facts(0.6)).toEqual({ pieces: 8, words: 256 });
  expect(await facts(0.2)).toEqual({ pieces: 4, words: 75 });
  expect(await facts(0.05)).toEqual({ pieces: 1, words: 18 });
});

test('fewer bytes than a byte an id and two words are refused', async () => {
  await expect(productCodes({ fields }, { dim: 8, budget: 0.03 })).rejects.toThrow(
    'product-codes: option "budget" must be enough for 1064 bytes',
  );
});

test('a snapshot of another table is refused', async () => {
  const table = await productCodes({ fields }, { dim: 8, budget: 0.2 });
  expect(() => table.take([])).toThrow(
    'product-codes: the snapshot has nothing for item.codes; 4000 are expected.',
  );
});
