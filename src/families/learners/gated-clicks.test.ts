import { expect, test } from 'vitest';
import { gatedClicks } from './gated-clicks.ts';

/** Even users want even items. */
const users = Array.from({ length: 400 }, (_, i) => `u${i % 20}`);
const items = Array.from({ length: 400 }, (_, i) => `i${Math.floor(i / 20)}`);
const classes = users.map((user, i) =>
  (Number(user.slice(1)) + Math.floor(i / 20)) % 2 ? 'no' : 'yes',
);
const examples = {
  fields: [
    { name: 'user', values: users },
    { name: 'item', values: items },
  ],
  classes,
};
const options = { dim: 4, heldOut: 0.25, steps: 600 };

test('learns with half of the columns what the example of its page says', async () => {
  const { report } = await gatedClicks(examples, options);
  expect(report['kept']).toBe(0.5);
  expect(report['auc']).toBeGreaterThan(0.9);
});

test('the polar term drives gates to their ends', async () => {
  const fm = { ...options, steps: 300, interactions: 'fm' } as const;
  const { report: without } = await gatedClicks(examples, { ...fm, polar: 0 });
  const { report } = await gatedClicks(examples, { ...fm, polar: 1 });
  expect(report['polar']).toBeGreaterThan(without['polar']);
});

test('groups have models and masks of their own, of as many columns', async () => {
  const { model } = await gatedClicks(examples, { ...options, steps: 40, groups: 3, kept: 0.25 });
  const { masks, done } = model.also?.['found'] ?? {};
  expect([...done]).toEqual([1]);
  for (let group = 0; group < 3; group++)
    expect(masks.slice(8 * group, 8 * group + 8).filter((is: number) => is === 1)).toHaveLength(2);
  const names = model.parameters.map(({ name }) => name);
  for (const group of [0, 1, 2]) expect(names).toContain(`group ${group}.linear.weight`);
});

test('embeds examples as their gates, n × F·dim', async () => {
  const { model } = await gatedClicks(examples, { ...options, steps: 40 });
  const { points } = await gatedClicks.embed(model, examples);
  expect([points.rows, points.cols]).toEqual([400, 8]);
  expect(points.data.every((p) => p > 0 && p < 1)).toBe(true);
  // The same ids have the same gates, alone and among others.
  const [first] = [0].map((i) =>
    examples.fields.map(({ name, values }) => ({ name, values: [values[i]] })),
  );
  const alone = await gatedClicks.embed(model, { fields: first });
  expect(alone.points.data).toEqual(points.data.slice(0, 8));
});

test('more groups than examples are refused', async () => {
  await expect(gatedClicks(examples, { ...options, steps: 2, groups: 1000 })).rejects.toThrow(
    'gated-clicks: option "groups" must be',
  );
});
