import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { evaluate, Workspace } from '../../learning/index.ts';
import { optembed } from './optembed.ts';

const fields = [
  { name: 'user', size: 300 },
  { name: 'item', size: 100 },
];
const options = { dim: 4, budget: 0.25, keep: 0, seed: 2 };
const made = () => optembed({ fields }, options);
const pass = (step: number) => ({ step, steps: 10, random: Random.fromSeed(step) });

test('has the bytes of its page', async () => {
  const table = await optembed({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
  // Of 3,200 bytes 125 are bits and 4 the width: room for 95 rows of 32.
  expect(table.bytes).toBe(125 + 4 + 95 * 32);
});

test('after the search it keeps the largest rows at the widths with the least loss, within the budget', async () => {
  const table = await made();
  expect(table.network.isSearching?.()).toBe(true);
  const [user, item] = table.network.parameters;
  const { widths } = table.model.also?.['found'] ?? {};
  // Wide items and narrow users are wanted.
  const lossOf = async () => Math.abs(widths[0] - 1) + Math.abs(widths[1] - 4);
  user.data.fill(2, 4 * 200);
  item.data.fill(3, 0, 4 * 10);
  await table.network.afterStep?.(pass(5), lossOf);
  expect([...widths]).toEqual([1, 4]);
  expect(table.network.isSearching?.()).toBe(false);
  expect(table.bytes).toBeLessThanOrEqual(0.25 * table.fullBytes);
  const users = await table.vectors('user');
  expect([...users.data.slice(4 * 200, 4 * 201)]).toEqual([2, 0, 0, 0]);
  const items = await table.vectors('item', [0]);
  expect([...items.data]).toEqual([3, 3, 3, 3]);
  // 1,600 bytes: 38 and 13 of bits, 8 of widths, 100 users of 4 and 10 items of 16; then the next largest.
  expect(table.bytes).toBeGreaterThan(1600 - 16);
  const [drawn, found] = table.model.also?.['found']['losses'] ?? [];
  expect(found).toBe(0);
  expect(drawn).toBeGreaterThan(0);
});

test('what was found is in its snapshot', async () => {
  const table = await made();
  const { widths } = table.model.also?.['found'] ?? {};
  await table.network.afterStep?.(pass(5), async () => widths[0] + widths[1]);
  const other = await made();
  other.take(table.snapshot());
  expect(other.snapshot()).toEqual(table.snapshot());
  expect(await other.vectors('user')).toEqual(await table.vectors('user'));
});

test('without examples for validation all fields keep their width', async () => {
  const table = await made();
  await table.network.afterStep?.(pass(5));
  expect([...(table.model.also?.['found']['widths'] ?? [])]).toEqual([4, 4]);
});

test('nothing changes after other steps than the last of the search', async () => {
  const table = await made();
  const before = table.snapshot();
  for (const step of [1, 4, 6, 10]) await table.network.afterStep?.(pass(step), async () => 1);
  expect(table.snapshot()).toEqual(before);
});

test('a step of the search cuts a field to a width that is drawn; later ones see what was found', async () => {
  const table = await made();
  const workspace = new Workspace(referenceEngine);
  const widths: number[] = [];
  for (let step = 1; step <= 40; step++) {
    const own = { step, steps: 80, random: Random.fromSeed(step) };
    const [...row] = await evaluate(table.lookup('user', [299], own), workspace);
    const width = row.indexOf(0);
    widths.push(width < 0 ? 4 : width);
  }
  expect(new Set(widths)).toEqual(new Set([1, 2, 3, 4]));
  // Id 299 has no row in what is stored at first.
  const later = table.lookup('user', [299], pass(6));
  expect([...(await evaluate(later, workspace))]).toEqual([0, 0, 0, 0]);
});

test('rows that the thresholds leave out are not kept for a budget that has room for them', async () => {
  const table = await made();
  const [user, , userThreshold] = table.network.parameters;
  user.data.fill(0.05);
  // t = 0.01 · 10.
  userThreshold.data[0] = 10;
  await table.network.afterStep?.(pass(5));
  expect((await table.vectors('user')).data.every((x) => x === 0)).toBe(true);
});

test('a training that does not say how long it is, is refused', async () => {
  const table = await made();
  expect(() => table.lookup('user', [0], { step: 1, random: Random.fromSeed(1) })).toThrow(
    'optembed: it is trained in two stages and must know the steps of the run.',
  );
});
