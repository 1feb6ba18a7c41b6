import { expect, test } from 'vitest';
import { type Model, parameter } from '../../learning/index.ts';
import { ties } from './ties.ts';

const model = (...weights: number[]): Model => ({
  kind: 'line',
  settings: {},
  parameters: [
    parameter('v', Float32Array.from(weights.slice(0, 2)), [2]),
    parameter('w', Float32Array.from(weights.slice(2)), [weights.length - 2]),
  ],
});
const merged = async (models: readonly Model[], options: Parameters<typeof ties>[1]) => {
  const base = model(...new Array<number>(4).fill(0));
  const { model: found } = await ties({ base, models }, options);
  return found.parameters.flatMap(({ data }) => [...data]);
};

test('keeps the largest numbers of each task vector, all tensors together', async () => {
  expect(await merged([model(1, -2, 3, -4)], { keep: 0.5 })).toEqual([0, 0, 3, -4]);
  expect(await merged([model(4, -3, 2, -1)], { keep: 0.25 })).toEqual([4, 0, 0, 0]);
});

test('numbers as large as the last one kept are kept, too', async () => {
  expect(await merged([model(2, -2, 2, 1)], { keep: 0.25 })).toEqual([2, -2, 2, 0]);
});

test('elects the sign of the larger sum, and takes the mean of those that agree', async () => {
  const models = [model(4, 1, 1, -1), model(2, 1, -3, -1), model(-3, 1, 1, 0)];
  // 4 + 2 − 3 > 0: the mean of 4 and 2. 1 − 3 + 1 < 0: −3 alone. Zeros do not count.
  expect(await merged(models, { keep: 1 })).toEqual([3, 1, -3, -1]);
});

test('adds those that agree where it is asked to', async () => {
  const models = [model(4, 1, 1, -1), model(2, 1, -3, -1)];
  expect(await merged(models, { keep: 1, combine: 'sum' })).toEqual([6, 2, -3, -2]);
});

test('where a sum is 0 it takes the sign that most numbers have', async () => {
  expect(await merged([model(1, 2, 3, 4), model(-1, 2, 3, 4)], { keep: 1 })).toEqual([1, 2, 3, 4]);
  expect(await merged([model(1, -2, -3, 4), model(-1, -2, -3, 4)], { keep: 1 })).toEqual(
    [-1, -2, -3, 4].map((x, i) => (i === 0 ? -1 : x)),
  );
});

test('nothing kept is the base', async () => {
  expect(await merged([model(1, 2, 3, 4)], { keep: 0 })).toEqual([0, 0, 0, 0]);
});

test('the scale multiplies what was elected', async () => {
  expect(await merged([model(1, 2, 3, 4)], { keep: 1, scale: 0.5 })).toEqual([0.5, 1, 1.5, 2]);
});

test('the example of its page', async () => {
  const three = (...w: number[]): Model => ({
    kind: 'line',
    settings: {},
    parameters: [parameter('w', Float32Array.from(w), [3])],
  });
  const models = [three(4, 3, 0.1), three(-1, 0.2, 2)];
  const { model: found } = await ties({ base: three(0, 0, 0), models }, { keep: 0.67 });
  expect([...found.parameters[0].data]).toEqual([4, 3, 2]);
});
