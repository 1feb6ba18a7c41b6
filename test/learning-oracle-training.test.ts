import { lax, nn, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import * as ops from '../src/learning/index.ts';
import { type Shape, sizeOf, type Tensor } from '../src/learning/tape/tensor.ts';
import { type JaxArray, jaxArray, jaxGradients, startJax } from './shared/jax.ts';

const STEPS = 50;
const BATCH = 16;
const CLASSES = 5;
/** Float32, summed in another order, 50 times over. */
const RELATIVE = 1e-4;

/** A model said twice: each gets the batch and then the weights, and gives logits. */
interface Model {
  readonly input: Shape;
  readonly weights: readonly Shape[];
  readonly rate: number;
  ours(x: Tensor, weights: readonly Tensor[]): Tensor;
  theirs(x: JaxArray, weights: readonly JaxArray[]): JaxArray;
}

const perceptron: Model = {
  input: [12],
  weights: [[24, 12], [24], [CLASSES, 24], [CLASSES]],
  rate: 0.1,
  ours: (x, [w1, b1, w2, b2]) => ops.linear(ops.relu(ops.linear(x, w1, b1)), w2, b2),
  theirs: (x, [w1, b1, w2, b2]) => dense(nn.relu(dense(x, w1, b1)), w2, b2),
};

const convolutional: Model = {
  input: [8, 8, 2],
  weights: [[4, 3, 3, 2], [4], [6, 3, 3, 4], [6], [CLASSES, 4 * 4 * 6], [CLASSES]],
  rate: 0.1,
  ours(x, [w1, b1, w2, b2, w3, b3]) {
    const first = ops.maxPool2d(ops.relu(ops.conv2d(x, w1, b1, { padding: 'same' })), 2);
    const second = ops.relu(ops.conv2d(first, w2, b2, { padding: 'same' }));
    return ops.linear(ops.reshape(second, [BATCH, 4 * 4 * 6]), w3, b3);
  },
  theirs(x, [w1, b1, w2, b2, w3, b3]) {
    const wide = nn.relu(convolved(np.transpose(x, [0, 3, 1, 2]), w1, b1));
    const first = lax.reduceWindow(wide, (window) => np.max(window), [2, 2], [2, 2]);
    const second = np.transpose(nn.relu(convolved(first, w2, b2)), [0, 2, 3, 1]);
    return dense(second.reshape([BATCH, 4 * 4 * 6]), w3, b3);
  },
};

function dense(x: JaxArray, w: JaxArray, b: JaxArray): JaxArray {
  return np.matmul(x, np.transpose(w)).add(b);
}

/** Channels first, as jax-js has them. */
function convolved(x: JaxArray, w: JaxArray, b: JaxArray): JaxArray {
  const m = w.shape[0];
  const y = lax.conv(x, np.transpose(w, [0, 3, 1, 2]), [1, 1], 'SAME');
  return y.add(b.reshape([m, 1, 1]));
}

interface Batch {
  readonly data: Float32Array;
  readonly shape: Shape;
  readonly classes: readonly number[];
}

/** Noise around a random center for each class. */
function batchesFor({ input }: Model): Batch[] {
  const random = Random.fromSeed(3);
  const d = sizeOf(input);
  const centers = Float32Array.from({ length: CLASSES * d }, () => random.normal());
  return Array.from({ length: STEPS }, () => {
    const classes = Array.from({ length: BATCH }, () => random.integer(CLASSES));
    const data = Float32Array.from(
      { length: BATCH * d },
      (_, e) => centers[classes[Math.floor(e / d)] * d + (e % d)] + random.normal(),
    );
    return { data, shape: [BATCH, ...input], classes };
  });
}

/** Normal numbers over √(numbers of a row). */
function initialWeights({ weights }: Model): Float32Array[] {
  const random = Random.fromSeed(4);
  return weights.map((shape) => {
    const scale = 1 / Math.sqrt(sizeOf(shape.slice(1)));
    return Float32Array.from({ length: sizeOf(shape) }, () => scale * random.normal());
  });
}

function descend(weights: Float32Array, gradient: ArrayLike<number>, rate: number): void {
  for (let e = 0; e < weights.length; e++) weights[e] -= rate * gradient[e];
}

async function ourLosses(model: Model): Promise<number[]> {
  const data = initialWeights(model);
  const weights = model.weights.map((shape, i) => ops.parameter(`w${i}`, data[i], shape));
  const losses: number[] = [];
  for (const batch of batchesFor(model)) {
    const logits = model.ours(ops.constant(batch.data, batch.shape), weights);
    const { loss, gradients } = await ops.gradientsOf(ops.crossEntropy(logits, batch.classes));
    weights.forEach((w, i) => {
      descend(data[i], gradients.get(w)?.data ?? [], model.rate);
    });
    losses.push(loss);
  }
  return losses;
}

async function theirLosses(model: Model): Promise<number[]> {
  const data = initialWeights(model);
  const losses: number[] = [];
  for (const batch of batchesFor(model)) {
    const { loss, gradients } = await jaxGradients(
      (...weights) => {
        const logits = model.theirs(jaxArray(batch.data, batch.shape), weights);
        const classes = np.array([...batch.classes], { dtype: np.int32 });
        const chosen = nn.logSoftmax(logits).mul(nn.oneHot(classes, CLASSES));
        return chosen.sum().mul(-1 / BATCH);
      },
      model.weights.map((shape, i) => jaxArray(data[i], shape)),
    );
    gradients.forEach((gradient, i) => {
      descend(data[i], gradient, model.rate);
    });
    losses.push(loss);
  }
  return losses;
}

beforeAll(startJax);

test.each([
  ['a multilayer perceptron', perceptron],
  ['a convolutional network', convolutional],
])('%s has the losses of jax-js for 50 steps', async (_, model) => {
  const [ours, theirs] = [await ourLosses(model), await theirLosses(model)];
  expect(ours).toHaveLength(STEPS);
  expect(ours[STEPS - 1]).toBeLessThan(0.5 * ours[0]);
  ours.forEach((loss, step) => {
    expect(Math.abs(loss / theirs[step] - 1)).toBeLessThan(RELATIVE);
  });
});
