import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { fittedModel } from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { treeRules } from './support/class-rules.ts';
import { tree } from './tree.ts';

/** Fisher's irises of three kinds: petal length and width of a few flowers. */
const petals = matrix(
  Float64Array.of(
    1.4,
    0.2,
    1.3,
    0.2,
    1.5,
    0.2,
    4.7,
    1.4,
    4.5,
    1.5,
    4.9,
    1.5,
    6,
    2.5,
    5.1,
    1.9,
    5.9,
    2.1,
  ),
  9,
  2,
);
const kinds = ['setosa', 'versicolor', 'virginica'].flatMap((kind) => [kind, kind, kind]);

test('the rules of a few irises are those by hand', async () => {
  const { model, facts } = await tree({ points: petals, classes: kinds }, { leafRows: 1 });
  expect(facts).toEqual({ leaves: 3, trainAccuracy: 1 });
  const rules = await treeRules(model);
  expect(rules.map(({ name, support, confidence }) => [name, support, confidence])).toEqual([
    ['setosa', 3, 1],
    ['versicolor', 3, 1],
    ['virginica', 3, 1],
  ]);
  const [{ conditions }] = rules;
  expect(conditions).toEqual([{ column: 0, above: -Infinity, atMost: 3 }]);
});

test('scores are the shares of the classes in the leaf', async () => {
  const x = matrix(Float64Array.of(0, 0, 0, 1), 4, 1);
  const { model } = await tree({ points: x, classes: ['a', 'a', 'b', 'b'] }, { leafRows: 1 });
  const { scores } = await tree.scores(model, matrix(Float64Array.of(-3, 9), 2, 1));
  for (const [e, share] of [2 / 3, 1 / 3, 0, 1].entries()) expect(scores.data[e]).toBe(share);
});

test('a tree without questions gives the shares of all rows', async () => {
  const { model } = await tree({ points: petals, classes: kinds }, { depth: 0 });
  const { classes, scores } = await tree.predict(model, petals);
  expect(classes[5]).toBe('setosa');
  expect(scores.data[0]).toBeCloseTo(1 / 3, 15);
  expect((await treeRules(model))[0].conditions).toEqual([]);
});

test('rules support every row once', async () => {
  const points = normalMatrix(200, 6, 1);
  const classes = Array.from(
    { length: 200 },
    (_, i) => `${points.data[6 * i] * points.data[6 * i + 1] > 0}`,
  );
  const { model, facts } = await tree({ points, classes }, { depth: 8, leaves: 12 });
  const rules = await treeRules(model);
  expect(facts['leaves']).toBeLessThanOrEqual(12);
  for (let i = 0; i < 200; i++) {
    const kept = rules.filter(({ conditions }) =>
      conditions.every(({ column, above, atMost }) => {
        const x = points.data[6 * i + column];
        return x > above && x <= atMost;
      }),
    );
    expect(kept).toHaveLength(1);
  }
  expect(rules.reduce((sum, { support }) => sum + support, 0)).toBe(200);
});

test('damaged arrays are refused in a sentence', async () => {
  const settings = { classes: ['a', 'b'], seen: 2, columns: 1 };
  const nodes = matrix(Float64Array.of(0, 0, 0, 0, 4), 1, 5);
  const model = fittedModel('classifiers/tree', {
    settings,
    arrays: { nodes, values: matrix(Float64Array.of(1, 0), 1, 2) },
  });
  await expect(tree.scores(model, matrix(Float64Array.of(1), 1, 1))).rejects.toThrow(
    'tree: the nodes of the tree are damaged.',
  );
});
