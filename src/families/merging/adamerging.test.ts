import { expect, test } from 'vitest';
import {
  add,
  constant,
  type Model,
  meanSquaredError,
  parameter,
  type Tensor,
} from '../../learning/index.ts';
import { adamerging } from './adamerging.ts';
import { taskArithmetic } from './task-arithmetic.ts';
import type { MergedWeights } from './types.ts';

const model = (v: number, w: number): Model => ({
  kind: 'line',
  settings: {},
  parameters: [parameter('v', Float64Array.of(v), [1]), parameter('w', Float64Array.of(w), [1])],
});
const base = model(0, 0);
const models = [model(4, 0), model(0, 8)];

/** Lowest where v and w are these. */
const near = (v: number, w: number) => (weights: MergedWeights) => {
  const [a, b] = ['v', 'w'].map((name) => weights.get(name) as Tensor);
  return add(
    meanSquaredError(a, constant(Float64Array.of(v))),
    meanSquaredError(b, constant(Float64Array.of(w))),
  );
};
const numbersOf = ({ model: { parameters } }: { model: Model }) =>
  parameters.map(({ data }) => data[0]);
const options = { steps: 400, learningRate: 0.02 };

test('finds the weights of each task and tensor that the loss asks for', async () => {
  const found = await adamerging({ base, models, loss: near(3, 2) }, options);
  const [v, w] = numbersOf(found);
  expect(v).toBeCloseTo(3, 3);
  expect(w).toBeCloseTo(2, 3);
});

test('by task a model has one weight for all tensors', async () => {
  const one = [model(4, 8)];
  const [v, w] = numbersOf(
    await adamerging({ base, models: one, loss: near(2, 4) }, { ...options, by: 'task' }),
  );
  expect(w / v).toBe(2);
  expect(v).toBeCloseTo(2, 3);
});

test('weights stay in [0, 1]', async () => {
  const { facts, ...found } = await adamerging({ base, models, loss: near(40, -20) }, options);
  expect(numbersOf(found)).toEqual([4, 0]);
  expect([facts['lowestWeight'], facts['highestWeight']]).toEqual([0, 1]);
});

test('without a step it is task arithmetic', async () => {
  const learned = await adamerging({ base, models, loss: near(3, 2) }, { steps: 0 });
  expect(numbersOf(learned)).toEqual(numbersOf(await taskArithmetic({ base, models })));
});

test('keeps the step where the held-out loss is lowest, the start included', async () => {
  const worse = await adamerging(
    { base, models, loss: near(4, 8), heldOut: near(1.2, 2.4) },
    options,
  );
  expect(worse.facts['steps']).toBe(0);
  expect(numbersOf(worse)).toEqual(numbersOf(await taskArithmetic({ base, models })));
  const better = await adamerging({ base, models, loss: near(3, 2), heldOut: near(3, 2) }, options);
  expect(better.facts['steps']).toBeGreaterThan(0);
  expect(better.facts['heldOut']).toBeLessThan(better.facts['heldOutAtStart']);
});

test('a loss that is no number stops it in a sentence', async () => {
  await expect(adamerging({ base, models, loss: near(Number.NaN, 0) }, options)).rejects.toThrow(
    /not finite|NaN/,
  );
});

test('the example of its page: half of the way', async () => {
  const one = (w: number): Model => ({
    ...base,
    parameters: [parameter('w', Float32Array.of(w), [1])],
  });
  const loss = (weights: MergedWeights) =>
    meanSquaredError(weights.get('w') as Tensor, constant(Float32Array.of(2)));
  const found = await adamerging(
    { base: one(0), models: [one(4)], loss },
    { steps: 200, learningRate: 0.02 },
  );
  expect(numbersOf(found)[0].toFixed(1)).toBe('2.0');
});
