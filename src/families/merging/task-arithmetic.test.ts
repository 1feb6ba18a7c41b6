import { expect, test } from 'vitest';
import { type Model, parameter } from '../../learning/index.ts';
import { average } from './average.ts';
import { taskArithmetic } from './task-arithmetic.ts';

const model = (...weights: number[]): Model => ({
  kind: 'line',
  settings: {},
  parameters: [parameter('w', Float32Array.from(weights), [weights.length])],
});
const base = model(1, 1);
const models = [model(3, 1), model(1, 5)];
const weightsOf = ({ model: { parameters } }: { model: Model }) => [...parameters[0].data];

test('adds the task vectors to the base, each times the scale', async () => {
  expect(weightsOf(await taskArithmetic({ base, models }, { scale: 0.5 }))).toEqual([2, 3]);
});

test('a scale of 1/m is the average', async () => {
  const mean = weightsOf(await average({ models }));
  expect(weightsOf(await taskArithmetic({ base, models }, { scale: 0.5 }))).toEqual(mean);
});

test('a scale below 0 takes away what a model learned', async () => {
  const found = await taskArithmetic({ base, models: [models[0]] }, { scale: -1 });
  expect(weightsOf(found)).toEqual([-1, 1]);
});

test('a scale of 0 is the base', async () => {
  expect(weightsOf(await taskArithmetic({ base, models }, { scale: 0 }))).toEqual([1, 1]);
});

test('says how the models get into one another’s way', async () => {
  const crossed = [model(3, 2), model(0, 2)];
  const { interference } = await taskArithmetic({ base, models: crossed });
  // Task vectors (2, 1) and (−1, 1): they agree in one of two numbers.
  expect(interference.signConflicts).toBe(0.5);
  expect(interference.cosines[0][1]).toBeCloseTo(-1 / Math.sqrt(10), 12);
  expect(interference.fromBase?.[0].distance).toBeCloseTo(Math.sqrt(5 / 2), 12);
});

test('refuses a loss, which it would not use', async () => {
  await expect(
    taskArithmetic({ base, models, loss: (weights) => [...weights.values()][0] }),
  ).rejects.toThrow('task-arithmetic: option "loss" must be left out: it learns nothing');
});
