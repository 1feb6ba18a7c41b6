import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import {
  evaluateAll,
  matmul,
  mlp,
  parameter,
  sgd,
  sum,
  train,
  Workspace,
} from '../../learning/index.ts';
import { sphere } from '../../manifolds/index.ts';
import { lora } from './lora.ts';

const numbers = (length: number) => Float64Array.from({ length }, (_, e) => Math.sin(e + 1));
const dense = () => parameter('w', numbers(6), [2, 3]);
const kernels = () => parameter('k', numbers(4 * 3 * 3 * 2), [4, 3, 3, 2]);

test('of the example: 2·(64 + 32) + 2·(32 + 10) numbers are trained', async () => {
  const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
  const { trained, of } = await lora(parameters, { rank: 2 });
  expect([trained, of]).toEqual([276, 2410]);
});

test('the weight is W₀ + s·B·A', async () => {
  const found = await lora.bind({ rank: 1, strength: 2 }).over([dense()]);
  const [a, b] = found.parameters;
  a.data.set([1, -1, 2]);
  b.data.set([3, 0.5]);
  const [values] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  const [start] = [numbers(6)];
  const product = [3, -3, 6, 0.5, -0.5, 1];
  expect([...values]).toEqual(product.map((x, e) => start[e] + 2 * x));
});

test('kernels are folded by their outputs, or in halves', async () => {
  const shapes = async (fold: 'outputs' | 'halves') =>
    (await lora([kernels()], { rank: 2, fold })).parameters.map(({ shape }) => shape);
  expect(await shapes('outputs')).toEqual([
    [2, 18],
    [4, 2],
  ]);
  expect(await shapes('halves')).toEqual([
    [2, 6],
    [12, 2],
  ]);
});

test('B begins at 0, A with variance 1/k', async () => {
  const { parameters } = await lora([parameter('w', new Float32Array(64 * 400), [64, 400])], {
    rank: 20,
  });
  const [a, b] = parameters;
  expect(b.data.every((x) => x === 0)).toBe(true);
  const variance = Array.from(a.data).reduce((sum, x) => sum + x * x, 0) / a.data.length;
  // Of 8,000 squares of a normal number the mean has the deviation √(2/8000) = 1.6 %; this is four of them.
  expect(Math.abs(400 * variance - 1)).toBeLessThan(0.064);
});

test('a seed decides A, and each weight has its own stream', async () => {
  const first = async (model: Parameters<typeof lora>[0], seed: number) =>
    (await lora(model, { rank: 1, seed })).parameters[0].data;
  expect(await first([dense(), kernels()], 1)).toEqual(await first([dense()], 1));
  expect(await first([dense()], 2)).not.toEqual(await first([dense()], 1));
});

test('dense weights alone, or convolutions alone, are updated where asked', async () => {
  const adapted = async (options: Parameters<typeof lora>[1]) =>
    (await lora([dense(), kernels(), parameter('bias', numbers(3), [3])], { rank: 2, ...options }))
      .adapted;
  expect(await adapted({})).toEqual(['w', 'k']);
  expect(await adapted({ which: 'dense' })).toEqual(['w']);
  expect(await adapted({ which: 'convolution' })).toEqual(['k']);
  expect(await adapted({ which: 'dense', biases: true })).toEqual(['w', 'bias']);
});

test('a weight that has not so high a rank gets its own full one', async () => {
  const { parameters } = await lora([dense(), kernels()], { rank: 4 });
  expect(parameters.map(({ shape }) => shape)).toEqual([
    [2, 3],
    [2, 2],
    [4, 18],
    [4, 4],
  ]);
});

test('a rank that no weight has is refused in a sentence', async () => {
  await expect(lora([dense(), kernels()], { rank: 5 })).rejects.toThrow(
    'lora: option "rank" must be at most 4, which is a full rank here; got 5.',
  );
});

test('where there is nothing to update, a sentence says so', async () => {
  await expect(lora([parameter('bias', numbers(3), [3])])).rejects.toThrow(
    'lora: no weight of the model has two axes or more; there is nothing to update.',
  );
  await expect(lora([dense()], { which: 'convolution' })).rejects.toThrow(
    'lora: no weight of the model has three axes or more (which "convolution"); there is nothing to update.',
  );
});

test('a weight on a manifold stays, and a warning says so; one alone is refused', async () => {
  const place = parameter('head', Float64Array.of(1, 0, 0, 1), [2, 2], { manifold: sphere });
  const { adapted, warnings } = await lora([dense(), place], { rank: 1 });
  expect(adapted).toEqual(['w']);
  expect(warnings).toEqual([
    'head lies on a manifold (sphere), which lora would leave: it stays as it is.',
  ]);
  await expect(lora([place])).rejects.toThrow('lies on a manifold');
});

test('what is trained beside the model, such as a new head, is trained as it is', async () => {
  const [weight, head] = [dense(), parameter('head', numbers(4), [2, 2])];
  const found = await lora.bind({ rank: 1 }).over([weight]);
  const { parameters } = await train(
    found.training({
      loss: () => sum(matmul(head, weight)),
      steps: 1,
      update: sgd({ learningRate: 0.1 }),
      parameters: [weight, head],
      engine: referenceEngine,
    }),
  );
  expect(parameters.map(({ name }) => name)).toEqual(['w.lora.a', 'w.lora.b', 'head']);
  expect(head.data).not.toEqual(numbers(4));
  expect(weight.data).toEqual(numbers(6));
});

test('a rank that saves nothing is said to', async () => {
  const { warnings } = await lora([dense()], { rank: 2 });
  expect(warnings).toEqual([
    'lora trains 10 numbers in the place of 6: nothing is saved; a lower rank, or fewer directions, would save.',
  ]);
});
