import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { evaluate, Workspace } from '../../learning/index.ts';
import { clicks } from '../learners/index.ts';
import { pep } from './pep.ts';

const fields = [
  { name: 'user', size: 300 },
  { name: 'item', size: 100 },
];
const options = { dim: 4, budget: 0.25, keep: 0, seed: 2 };
const made = (more: object = {}) => pep({ fields }, { ...options, ...more });
const pass = (step: number) => ({ step, steps: 10, random: Random.fromSeed(step) });
const logit = (t: number) => Math.log(t / (1 - t));

test('has the bytes of its page', async () => {
  const table = await pep({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
  // 660 numbers, and 559 bytes that say where: the form, a bit a row, 3 a row that has some, 3 a number.
  expect(table.bytes).toBe(4 * 660 + 559);
});

test('a step of the search sees numbers less their threshold; later ones what is left', async () => {
  const table = await made({ thresholds: 'field' });
  const [user, , threshold] = table.network.parameters;
  user.data.set([0.5, -0.5, 0.125, 0]);
  threshold.data[0] = logit(0.25);
  const workspace = new Workspace(referenceEngine);
  const seen = async (step: number) => [
    ...(await evaluate(table.lookup('user', [0], pass(step)), workspace)),
  ];
  const [a, b, ...others] = await seen(5);
  // logit(0.25) is rounded to float32.
  expect([a, b]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(-0.25, 6)]);
  expect(others).toEqual([0, 0]);
  expect(await seen(6)).toEqual([...(await table.vectors('user', [0])).data]);
});

test('after the search the largest numbers of all rows are left, less their thresholds, within the budget', async () => {
  const table = await made({ thresholds: 'row' });
  const [user, item, users, items] = table.network.parameters;
  expect(table.network.isSearching?.()).toBe(true);
  user.data.fill(0.125);
  item.data.fill(0.25);
  users.data.fill(logit(0.0625));
  items.data.fill(logit(0.0625));
  // An id that its own threshold leaves out.
  items.data[7] = logit(0.5);
  await table.network.afterStep?.(pass(5));
  expect(table.network.isSearching?.()).toBe(false);
  const rows = await table.vectors('item');
  expect([...rows.data.slice(0, 4)]).toEqual(new Array(4).fill(expect.closeTo(0.1875, 6)));
  expect([...rows.data.slice(28, 32)]).toEqual([0, 0, 0, 0]);
  // Of 1,600 bytes none is left for users: 396 items of 4, and a byte a form, 13 and 38 of bits of rows.
  const stored = new Map(table.snapshot().map(({ name, data }) => [name, data.length]));
  const [itemsLeft, usersLeft] = [stored.get('item.left') ?? 0, stored.get('user.left') ?? 0];
  expect(usersLeft).toBe(0);
  expect(itemsLeft).toBeGreaterThan(370);
  expect(table.bytes).toBeLessThanOrEqual(1600);
  expect(table.bytes).toBeGreaterThan(1600 - 5);
});

test('numbers that the thresholds leave out are not kept for a budget that has room for them', async () => {
  const table = await made({ thresholds: 'column', budget: 1 });
  const [user, , users] = table.network.parameters;
  user.data.fill(0.0625);
  users.data.set([0.125, 0.5, 0.03125, 0.75].map(logit));
  await table.network.afterStep?.(pass(5));
  const { data } = await table.vectors('user', [17]);
  expect([...data]).toEqual([0, 0, expect.closeTo(0.03125, 6), 0]);
});

test('what is left begins again with its first values where asked to', async () => {
  const table = await made({ restart: 'first' });
  const first = table.network.parameters[0].data.slice();
  const [user] = table.network.parameters;
  user.data.fill(0.01);
  user.data[5] = 3;
  await table.network.afterStep?.(pass(5));
  const { data } = await table.vectors('user', [1]);
  expect(data[1]).toBe(first[5]);
});

test('what was found is in its snapshot', async () => {
  const table = await made();
  await table.network.afterStep?.(pass(5));
  const other = await made({ seed: 3 });
  other.take(table.snapshot());
  expect(other.snapshot()).toEqual(table.snapshot());
  expect(await other.vectors('user')).toEqual(await table.vectors('user'));
});

test('nothing changes after other steps than the last of the search', async () => {
  const table = await made();
  const before = table.snapshot();
  for (const step of [1, 4, 6, 10]) await table.network.afterStep?.(pass(step));
  expect(table.snapshot()).toEqual(before);
});

test('a field that says nothing loses more numbers than one that does, within the budget', async () => {
  const random = Random.fromSeed(1);
  const drawn = Array.from({ length: 4000 }, () => [random.integer(40), random.integer(40)]);
  const noise = drawn.map(() => `n${random.integer(40)}`);
  const examples = {
    fields: [
      { name: 'user', values: drawn.map(([u]) => `u${u}`) },
      { name: 'item', values: drawn.map(([, i]) => `i${i}`) },
      { name: 'noise', values: noise },
    ],
    classes: drawn.map(([u, i]) => ((u + i) % 2 === 0 ? 'yes' : 'no')),
  };
  const settings = { dim: 4, interactions: 'fm', epochs: 20, batch: 128, minCount: 1 } as const;
  const own = { ...settings, heldOut: 0.2, learningRate: 0.01, table: 'pep', keep: 0, budget: 0.5 };
  const { model, report } = await clicks(examples, own as never);
  expect(report['tableShare']).toBeLessThanOrEqual(0.5);
  // The rule has no exceptions.
  expect(report['auc']).toBeGreaterThan(0.95);
  const { points, labels = [] } = await clicks.embed(model, {});
  const left = (field: string) =>
    labels.reduce((sum, label, row) => {
      const own = points.data.subarray(row * 4, row * 4 + 4);
      return label.startsWith(`${field}=`) ? sum + own.filter((x) => x !== 0).length : sum;
    }, 0);
  expect(left('noise')).toBeLessThan(left('user') / 2);
  expect(left('noise')).toBeLessThan(left('item') / 2);
});

test('a training that does not say how long it is, is refused', async () => {
  const table = await made();
  expect(() => table.lookup('user', [0], { step: 1, random: Random.fromSeed(1) })).toThrow(
    'pep: it is trained in two stages and must know the steps of the run.',
  );
});
