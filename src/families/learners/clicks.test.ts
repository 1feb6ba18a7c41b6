import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { hash } from '../tables/index.ts';
import { clicks } from './clicks.ts';

/** Users and items of two kinds; a click where both are of one, and now and then by chance. */
function planted(rows: number, users: number, items: number, seed: number) {
  const random = Random.fromSeed(seed);
  const kindOf = (id: number) => (id * 7 + (id >> 2)) % 2;
  const [user, item, classes]: [string[], string[], string[]] = [[], [], []];
  for (let i = 0; i < rows; i++) {
    const [u, t] = [random.integer(users), random.integer(items)];
    user.push(`u${u}`);
    item.push(`i${t}`);
    classes.push(
      (random.uniform() < 0.9 ? kindOf(u) === kindOf(t) : random.uniform() < 0.5) ? '1' : '0',
    );
  }
  return {
    fields: [
      { name: 'user', values: user },
      { name: 'item', values: item },
    ],
    classes,
  };
}

const options = { dim: 4, heldOut: 0.2, epochs: 30, batch: 128, minCount: 1, learningRate: 0.01 };

for (const interactions of ['fm', 'mlp', 'deep-fm'] as const) {
  test(`${interactions} learns who wants what, which no field says alone`, async () => {
    const examples = planted(4000, 40, 30, 1);
    const { report } = await clicks(examples, { ...options, interactions });
    // 95 % of the labels follow the kinds: an AUC of 0.95 at best.
    expect(report['auc']).toBeGreaterThan(0.9);
    expect(report['tableBytes']).toBe(4 * 4 * (40 + 30 + 2));
    expect(report['tableShare']).toBe(1);
  });
}

test('a table of a tenth of the bytes cannot tell ids apart by hashing', async () => {
  const examples = planted(4000, 40, 30, 1);
  const small = { ...options, table: 'hash', budget: 0.1, keep: 0 } as const;
  const { report } = await clicks(examples, small);
  expect(report['auc']).toBeLessThan(0.8);
  expect(report['tableShare']).toBeLessThanOrEqual(0.1);
});

test('a table may come with options of its own', async () => {
  const examples = planted(300, 40, 30, 1);
  const run = {
    table: (input: never, shared: object) => hash(input, { ...shared, budget: 0.5, keep: 0 }),
  };
  const { report } = await clicks(examples, { steps: 2, dim: 4, minCount: 1 }, run as never);
  expect(report['tableShare']).toBeLessThanOrEqual(0.5);
});

test('gives the vectors of all values, and one of the others', async () => {
  const examples = planted(300, 5, 4, 2);
  const { model } = await clicks(examples, { steps: 2, dim: 4, minCount: 1 });
  const { points, labels } = await clicks.embed(await decodeModel(encodeModel(model)), {});
  expect([points.rows, points.cols]).toEqual([5 + 4 + 2, 4]);
  expect(new Set(labels).size).toBe(11);
  expect(labels).toContain('user=u3');
  expect(labels).toContain('item=(other)');
  const [rows] = model.parameters;
  expect(Array.from(points.data.slice(0, 24))).toEqual(Array.from(rows.data));
});

test('rare values share one id, which is the last', async () => {
  const examples = planted(100, 3, 4, 2);
  examples.fields[0].values[7] = 'once';
  const { model } = await clicks(examples, { steps: 1, dim: 2, heldOut: 0 });
  const { labels } = await clicks.embed(model, {});
  expect(labels).not.toContain('user=once');
});

test('refuses what is no yes or no, and fields of other lengths', async () => {
  const { fields, classes } = planted(20, 3, 3, 1);
  const odd = classes.with(4, 'maybe');
  await expect(clicks({ fields, classes: odd }, { steps: 1 })).rejects.toThrow(
    'clicks: classes must be yes or no (1 and 0, true and false, …); got "maybe".',
  );
  await expect(clicks({ fields, classes: classes.map(() => '1') }, {})).rejects.toThrow(
    'clicks: all examples are "1"; both are needed.',
  );
  const short = [fields[0], { name: 'item', values: fields[1].values.slice(1) }];
  await expect(clicks({ fields: short, classes }, {})).rejects.toThrow(
    '20 values of the field "item", one an example',
  );
});

test('no state of a table that still searches is the best one on the examples for validation', async () => {
  const examples = planted(1000, 60, 50, 4);
  const own = { ...options, epochs: 6, validation: 0.2, keep: 0, budget: 0.5, patience: 1 };
  const { report, model } = await clicks(examples, {
    ...own,
    learningRate: 1e-6,
    table: 'optembed',
  });
  // 640 examples, 5 steps of 128 an epoch: the search ends after step 15.
  expect(report['bestStep']).toBeGreaterThanOrEqual(15);
  expect([...(model.also?.['found']['done'] ?? [])]).toEqual([1]);
  expect(report['validationLoss']).toBeLessThan(Infinity);
});

test('the probability of each example is what the log loss and the AUC are made of', async () => {
  const examples = planted(400, 6, 5, 4);
  const { model, report } = await clicks(examples, {
    ...{ steps: 60, dim: 4, heldOut: 0, minCount: 1 },
  });
  const { points, columns } = await clicks.embed(await decodeModel(encodeModel(model)), examples);
  const { probability = [] } = columns ?? {};
  const pairs = { above: 0, all: 0 };
  examples.classes.forEach((yes, i) => {
    examples.classes.forEach((no, j) => {
      if (yes !== '1' || no !== '0') return;
      pairs.all += 1;
      pairs.above +=
        probability[i] > probability[j] ? 1 : probability[i] === probability[j] ? 0.5 : 0;
    });
  });
  expect(report['trainAuc']).toBeCloseTo(pairs.above / pairs.all, 12);
  // The vectors of the fields beside one another.
  const { points: ids, labels = [] } = await clicks.embed(model, {});
  const row = (label: string) =>
    Array.from(ids.data.subarray(4 * labels.indexOf(label)).slice(0, 4));
  const [user, item] = examples.fields;
  expect([points.rows, points.cols]).toEqual([400, 8]);
  expect(Array.from(points.data.slice(8, 16))).toEqual([
    ...row(`user=${user.values[1]}`),
    ...row(`item=${item.values[1]}`),
  ]);
});

test('an example is scored alone as among others, fields in any order, and values without an id are told', async () => {
  const examples = planted(300, 5, 4, 2);
  const { model } = await clicks(examples, { steps: 20, dim: 4, minCount: 1 });
  const [user, item] = examples.fields.map(({ name, values }) => ({ name, values: [values[7]] }));
  const alone = await clicks.embed(model, { fields: [item, user] });
  const among = await clicks.embed(model, examples);
  expect(alone.columns?.['probability'][0]).toBe(among.columns?.['probability'][7]);
  expect(among.remark).toBeUndefined();
  const other = { name: 'user', values: ['nobody'] };
  expect((await clicks.embed(model, { fields: [other, item] })).remark).toBe(
    'Values that the model has no id for count as the others: user 1 (rows: 1).',
  );
  await expect(clicks.embed(model, { fields: [item] })).rejects.toThrow(
    'clicks: the field "user" of the model is missing.',
  );
});

test('refuses a value that is called as all others are', async () => {
  const { fields, classes } = planted(40, 3, 3, 1);
  const odd = [{ name: 'user', values: fields[0].values.with(3, '(other)') }, fields[1]];
  await expect(clicks({ fields: odd, classes }, { steps: 1, heldOut: 0 })).rejects.toThrow(
    'clicks: the field "user" has the value "(other)", the name of all that have no id; call it otherwise, or leave it empty.',
  );
});
