import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { koleo, sliced } from '../families/objectives/index.ts';
import { uniformPoints } from '../manifolds/index.ts';
import { objectiveAt } from './tfjs.ts';

const points = uniformPoints(12, 3, Random.fromSeed(1));
const tensor = () => tf.tensor2d(points.data.slice(), [12, 3]);
const unit = (x: tf.Tensor) => tf.div(x, tf.norm(x, 'euclidean', 1, true));

beforeAll(async () => {
  // Production mode says nothing about faster backends.
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

test('the value and the gradient are those of the objective', async () => {
  const { loss, gradient } = await koleo(points);
  const spread = await objectiveAt(tf, tensor(), koleo.bind());
  // Through the normalisation only the part along the sphere is left, as when the objective is called.
  const found = tf.valueAndGrad((x: tf.Tensor) => spread(unit(x)))(tensor());
  expect((await found.value.data())[0]).toBeCloseTo(loss, 5);
  for (const [e, g] of (await found.grad.data()).entries())
    expect(g).toBeCloseTo(gradient.data[e], 5);
});

test('a factor before the term is a factor of its gradient', async () => {
  const spread = await objectiveAt(tf, tensor(), koleo.bind());
  const once = await tf
    .grad((x: tf.Tensor) => spread(x))(tensor())
    .data();
  const thrice = await tf
    .grad((x: tf.Tensor) => tf.mul(3, spread(x)))(tensor())
    .data();
  expect([...thrice]).toEqual(Array.from(once, (g) => Math.fround(3 * g)));
});

test('a sampled objective draws from the stream that it is given', async () => {
  const at = async (seed: number) => {
    const spread = await objectiveAt(tf, tensor(), sliced.bind(), {
      random: Random.fromSeed(seed),
    });
    return (await spread(tensor()).data())[0];
  };
  expect(await at(1)).toBe(await at(1));
  expect(await at(1)).not.toBe(await at(2));
});

test('steps of an optimizer of TensorFlow.js lower the loss', async () => {
  const prototypes = tf.variable(tensor());
  const optimizer = tf.train.sgd(0.5);
  const lossNow = async () => {
    const spread = await objectiveAt(tf, unit(prototypes), koleo.bind());
    return optimizer.minimize(() => spread(unit(prototypes)) as tf.Scalar, true)?.data();
  };
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) losses.push((await lossNow())?.[0] ?? Number.NaN);
  expect(losses[19]).toBeLessThan(losses[0] - 0.1);
  for (let step = 1; step < 5; step++) expect(losses[step]).toBeLessThan(losses[step - 1]);
});

test('points of another shape are refused', async () => {
  await expect(objectiveAt(tf, tf.tensor1d([1, 0]), koleo.bind())).rejects.toThrow(
    'koleo in TensorFlow.js: expected points with two axes; got 2.',
  );
  const spread = await objectiveAt(tf, tensor(), koleo.bind());
  expect(() => spread(tf.ones([3, 12]))).toThrow(
    'koleo in TensorFlow.js: expected the 12 × 3 points of objectiveAt; got 3 × 12.',
  );
});
