import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { type BagOptions, embeddingBag } from './embedding-bag.ts';
import { multiply } from './multiply.ts';
import { sum } from './sum.ts';

const ids = [1, 4, 1, 0, 4];
const offsets = [0, 3, 3, 5];
const weights = [1, 2, 0.5, 3, 1];
const square = (x: Tensor) => multiply(x, x);

test.each([
  ['a mean', {}],
  ['a sum', { mode: 'sum' }],
  ['a weighted mean', { weights }],
  ['a weighted sum', { mode: 'sum', weights }],
] as const)('%s passes each id its share', async (_, options) => {
  for (const byRows of [false, true]) {
    const table = parameter('table', normals(Random.fromSeed(3), [5, 2]), [5, 2], { byRows });
    const ratios = await gradientRatios(
      (t) => square(embeddingBag(t, ids, offsets, options)),
      [table],
    );
    expect(Math.min(...ratios)).toBeGreaterThan(3.8);
  }
});

test('a bag is the mean or the sum of its rows, an empty one zeros', async () => {
  const table = constant(Float64Array.of(1, 2, 3, 4), [2, 2]);
  const bags = (options: BagOptions) =>
    evaluate(embeddingBag(table, [0, 1, 1], [0, 2, 2, 3], options));
  expect(await bags({})).toEqual(Float64Array.of(2, 3, 0, 0, 3, 4));
  expect(await bags({ mode: 'sum' })).toEqual(Float64Array.of(4, 6, 0, 0, 3, 4));
  expect(await bags({ weights: [3, 1, 7] })).toEqual(Float64Array.of(1.5, 2.5, 0, 0, 3, 4));
});

test('of a table by rows only the rows in bags get a gradient', async () => {
  const table = parameter('table', new Float64Array(10), [5, 2], { byRows: true });
  const loss = sum(embeddingBag(table, ids, offsets, { mode: 'sum' }));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(gradients.get(table)).toEqual({
    rows: Int32Array.of(0, 1, 4),
    data: Float64Array.of(1, 1, 2, 2, 2, 2),
  });
});

test('what does not fit is named', () => {
  const table = constant(new Float32Array(4), [2, 2]);
  expect(() => embeddingBag(table, [0, 2], [0, 2])).toThrow(
    'embeddingBag: id 2 at place 1 is not in 0 … 1.',
  );
  expect(() => embeddingBag(table, [0, 1], [0, 1])).toThrow(
    'embeddingBag: offsets must go from 0 to 2, the number of ids; they go from 0 to 1.',
  );
  expect(() => embeddingBag(table, [0, 1], [0, 2, 1, 2])).toThrow(
    'embeddingBag: offset 1 at place 2 is not a whole number from 2 on.',
  );
  expect(() => embeddingBag(table, [0, 1], [0, 2], { weights: [1] })).toThrow(
    'embeddingBag: expected 2 weights, one an id; got 1.',
  );
  expect(() => embeddingBag(table, [0, 1], [0, 2], { weights: [1, -1] })).toThrow(
    'embeddingBag: the weights of bag 0 add up to 0: no mean.',
  );
});
