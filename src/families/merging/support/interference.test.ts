import { expect, test } from 'vitest';
import { type Model, parameter } from '../../../learning/index.ts';
import { interference } from './interference.ts';

const model = (...weights: number[]): Model => ({
  kind: 'line',
  settings: {},
  parameters: [parameter('w', Float32Array.from(weights), [weights.length])],
});

test('counts conflicts among the numbers that two models moved', async () => {
  const base = model(1, 1, 1, 1);
  const models = [model(2, 2, 1, 1), model(0, 2, 5, 1), model(1, 2, 1, 1)];
  // The first number: up and down; the second: up thrice; the third was moved by one model, the last by none.
  const { signConflicts, cosines, fromBase } = await interference(models, base);
  expect(signConflicts).toBe(0.5);
  expect(cosines[0][2]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(cosines[0][0]).toBe(1);
  expect(fromBase?.map(({ distance }) => distance)).toEqual([
    Math.sqrt(2 / 4),
    Math.sqrt(18 / 4),
    Math.sqrt(1 / 4),
  ]);
});

test('a model that did not move has no direction', async () => {
  const base = model(1, 1);
  const { signConflicts, cosines } = await interference([base, model(2, 2)], base);
  expect(signConflicts).toBeNull();
  expect(cosines).toEqual([
    [null, null],
    [null, 1],
  ]);
});

test('without a base it compares the weights themselves', async () => {
  const { signConflicts, cosines, fromBase } = await interference([model(1, 0), model(1, 1)]);
  expect(signConflicts).toBeNull();
  expect(fromBase).toBeNull();
  expect(cosines[1][0]).toBeCloseTo(Math.SQRT1_2, 12);
});

test('a base of zeros has no length to compare with', async () => {
  const { fromBase } = await interference([model(1, 0)], model(0, 0));
  expect(fromBase).toEqual([{ cosine: null, distance: null }]);
});
