import { expect, test } from 'vitest';
import {
  encodeModel,
  type Model,
  mean,
  parameter,
  square,
  type Tensor,
} from '../../learning/index.ts';
import { sphere } from '../../manifolds/index.ts';
import { concrete } from './concrete.ts';
import { taskArithmetic } from './task-arithmetic.ts';
import type { MergedWeights } from './types.ts';

const model = (...weights: number[]): Model => ({
  kind: 'line',
  settings: {},
  parameters: [parameter('w', Float64Array.from(weights), [weights.length])],
});
const base = model(0, 0);
const models = [model(1, 9)];
/** Asks for small numbers. */
const loss = (weights: MergedWeights) => mean(square(weights.get('w') as Tensor));
const input = { base, models, loss };
const numbersOf = ({ model: { parameters } }: { model: Model }) => [...parameters[0].data];

test('an even mask is task arithmetic: it is divided by its mean', async () => {
  const found = numbersOf(await concrete(input, { steps: 0, mask: 'probabilities' }));
  const wanted = numbersOf(await taskArithmetic({ base, models }));
  found.forEach((x, e) => {
    expect(x).toBeCloseTo(wanted[e], 12);
  });
});

test('a drawn mask keeps the sum of evenly moved numbers', async () => {
  const even = { ...input, models: [model(2, 2)] };
  const [a, b] = numbersOf(await concrete(even, { steps: 0, scale: 1 }));
  expect(a + b).toBeCloseTo(4, 12);
  expect(Math.abs(a - b)).toBeGreaterThan(0.01);
});

test('a rounded mask keeps a number wholly or not at all', async () => {
  const long = { base: model(...new Array<number>(50).fill(0)), loss };
  const moved = { ...long, models: [model(...new Array<number>(50).fill(1))] };
  const { facts, ...found } = await concrete(moved, { steps: 0, scale: 1, mask: 'binary' });
  const kept = numbersOf(found).filter((x) => x !== 0);
  expect(kept.length / 50).toBeCloseTo(facts['meanMask'], 12);
  for (const x of kept) expect(x).toBeCloseTo(50 / kept.length, 12);
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.length).toBeLessThan(40);
});

test('a rounded mask without a number left drops what the tensor moved', async () => {
  const options = { steps: 0, mask: 'binary', logit: -20 } as const;
  expect(numbersOf(await concrete(input, options))).toEqual([0, 0]);
});

test('learns to leave out what makes the loss large', async () => {
  const options = { steps: 300, learningRate: 0.05, mask: 'probabilities' } as const;
  const [small, large] = numbersOf(await concrete(input, options));
  const [, before] = numbersOf(await taskArithmetic({ base, models }));
  expect(large).toBeLessThan(before / 3);
  expect(small).toBeGreaterThan(0.3);
});

test('another seed draws another mask', async () => {
  const [a, b] = [
    await concrete(input, { steps: 0 }),
    await concrete(input, { steps: 0, seed: 1 }),
  ];
  expect(encodeModel(a.model)).not.toEqual(encodeModel(b.model));
});

test('rows of the sphere stay on it', async () => {
  const point = (...x: number[]): Model => ({
    ...base,
    parameters: [parameter('w', Float64Array.from(x), [1, 2], { manifold: sphere })],
  });
  const onSphere = { base: point(1, 0), models: [point(0.6, 0.8), point(0.8, 0.6)], loss };
  const [x, y] = numbersOf(await concrete(onSphere, { steps: 2 }));
  expect(x * x + y * y).toBeCloseTo(1, 12);
});

test('the example of its page: the mask turns to the first number', async () => {
  const options = { steps: 300, learningRate: 0.05, mask: 'probabilities' } as const;
  const float32 = (...w: number[]): Model => ({
    ...base,
    parameters: [parameter('w', Float32Array.from(w), [2])],
  });
  const found = await concrete({ base: float32(0, 0), models: [float32(1, 9)], loss }, options);
  expect(numbersOf(found)[1]).toBeLessThan(1);
});
