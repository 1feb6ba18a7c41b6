import { lax, nn, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import * as ops from '../src/learning/index.ts';
import type { Parameter } from '../src/learning/tape/parameter.ts';
import { type Shape, sizeOf, type Tensor } from '../src/learning/tape/tensor.ts';
import { type JaxArray, jaxArray, jaxGradients, startJax } from './shared/jax.ts';

/** jax-js is an oracle that shares no code with the tape: both compute in float32, in different orders. */
const RELATIVE = 1e-4;

interface Case {
  readonly inputs: readonly Shape[];
  readonly ours: (...inputs: Parameter[]) => Tensor;
  readonly theirs: (...inputs: JaxArray[]) => JaxArray;
}

const same: Pick<Case, 'inputs'> = { inputs: [[3, 4]] };
const pair: Pick<Case, 'inputs'> = {
  inputs: [
    [3, 4],
    [3, 4],
  ],
};
const images: Shape = [2, 6, 8, 3];
const toChannelsFirst = (x: JaxArray) => np.transpose(x, [0, 3, 1, 2]);
const toChannelsLast = (x: JaxArray) => np.transpose(x, [0, 2, 3, 1]);
const integers = (values: number[]) => np.array(values, { dtype: np.int32 });
const mask = () => Random.fromSeed(9);

function convolution(options: { stride: number; padding: 'valid' | 'same' }): Case {
  const { stride, padding } = options;
  return {
    inputs: [images, [4, 3, 2, 3], [4]],
    ours: (x, w, b) => ops.conv2d(x, w, b, options),
    theirs: (x, w, b) =>
      toChannelsLast(
        lax.conv(
          toChannelsFirst(x),
          toChannelsFirst(w),
          [stride, stride],
          padding === 'same' ? 'SAME' : 'VALID',
        ),
      ).add(b),
  };
}

function pooled(x: JaxArray, of: (x: JaxArray) => JaxArray, size: number, stride: number) {
  return toChannelsLast(lax.reduceWindow(toChannelsFirst(x), of, [size, size], [stride, stride]));
}

/** (x − mean)/√(var + ε)·gain + bias along an axis. */
function standardized(x: JaxArray, gain: JaxArray, bias: JaxArray, axis: number | number[]) {
  const mean = np.mean(x.ref, axis, { keepdims: true });
  const centered = x.sub(mean);
  const variance = np.mean(np.square(centered.ref), axis, { keepdims: true });
  return centered
    .div(np.sqrt(variance.add(1e-5)))
    .mul(gain)
    .add(bias);
}

function unitRows(x: JaxArray): JaxArray {
  return x.ref.div(np.sqrt(np.sum(np.square(x), -1, { keepdims: true })));
}

function crossEntropy(logits: JaxArray, classes: number[], smoothing = 0): JaxArray {
  const c = logits.shape[1];
  const targets = nn
    .oneHot(integers(classes), c)
    .mul(1 - smoothing)
    .add(smoothing / c);
  return nn
    .logSoftmax(logits)
    .mul(targets)
    .sum()
    .mul(-1 / classes.length);
}

const CASES: Record<string, Case> = {
  add: { ...pair, ours: ops.add, theirs: (a, b) => a.add(b) },
  subtract: { ...pair, ours: ops.subtract, theirs: (a, b) => a.sub(b) },
  multiply: { ...pair, ours: ops.multiply, theirs: (a, b) => a.mul(b) },
  scale: { ...same, ours: (x) => ops.scale(x, -3), theirs: (x) => x.mul(-3) },
  square: { ...same, ours: ops.square, theirs: (x) => np.square(x) },
  exp: { ...same, ours: ops.exp, theirs: (x) => np.exp(x) },
  log: {
    ...same,
    ours: (x) => ops.log(ops.exp(x)),
    theirs: (x) => np.log(np.exp(x)),
  },
  relu: { ...same, ours: ops.relu, theirs: (x) => nn.relu(x) },
  tanh: { ...same, ours: ops.tanh, theirs: (x) => np.tanh(x) },
  sigmoid: { ...same, ours: ops.sigmoid, theirs: (x) => nn.sigmoid(x) },
  softplus: { ...same, ours: ops.softplus, theirs: (x) => nn.softplus(x) },
  logSigmoid: { ...same, ours: ops.logSigmoid, theirs: (x) => nn.logSigmoid(x) },
  gelu: { ...same, ours: (x) => ops.gelu(x), theirs: (x) => nn.gelu(x, { approximate: true }) },
  'gelu, exact': {
    ...same,
    ours: (x) => ops.gelu(x, { exact: true }),
    theirs: (x) => nn.gelu(x, { approximate: false }),
  },
  sum: { ...same, ours: (x) => ops.sum(ops.square(x)), theirs: (x) => np.square(x).sum() },
  'sum along an axis': { ...same, ours: (x) => ops.sum(x, 0), theirs: (x) => np.sum(x, 0) },
  mean: { ...same, ours: (x) => ops.mean(x), theirs: (x) => np.mean(x) },
  'mean along an axis': { ...same, ours: (x) => ops.mean(x, 1), theirs: (x) => np.mean(x, 1) },
  reshape: {
    ...same,
    ours: (x) => ops.reshape(ops.square(x), [2, 6]),
    theirs: (x) => np.square(x).reshape([2, 6]),
  },
  stopGradient: {
    ...same,
    ours: (x) => ops.multiply(x, ops.stopGradient(ops.square(x))),
    theirs: (x) => x.ref.mul(lax.stopGradient(np.square(x))),
  },
  matmul: {
    inputs: [
      [3, 4],
      [4, 5],
    ],
    ours: (a, b) => ops.matmul(a, b),
    theirs: (a, b) => np.matmul(a, b),
  },
  'matmul, B transposed': {
    inputs: [
      [3, 4],
      [5, 4],
    ],
    ours: (a, b) => ops.matmul(a, b, { transposeB: true }),
    theirs: (a, b) => np.matmul(a, np.transpose(b)),
  },
  linear: {
    inputs: [[3, 4], [5, 4], [5]],
    ours: ops.linear,
    theirs: (x, w, b) => np.matmul(x, np.transpose(w)).add(b),
  },
  embedding: {
    inputs: [[5, 3]],
    ours: (t) => ops.embedding(t, [1, 4, 1]),
    theirs: (t) => np.take(t, integers([1, 4, 1]), 0),
  },
  normalizeRows: { ...same, ours: ops.normalizeRows, theirs: unitRows },
  'cosine logits': {
    inputs: [
      [3, 4],
      [5, 4],
    ],
    ours: (x, w) => ops.scale(ops.linear(ops.normalizeRows(x), ops.normalizeRows(w)), 16),
    theirs: (x, w) => np.matmul(unitRows(x), np.transpose(unitRows(w))).mul(16),
  },
  softmax: { ...same, ours: ops.softmax, theirs: (x) => nn.softmax(x) },
  logSoftmax: { ...same, ours: ops.logSoftmax, theirs: (x) => nn.logSoftmax(x) },
  crossEntropy: {
    ...same,
    ours: (x) => ops.crossEntropy(x, [2, 0, 3]),
    theirs: (x) => crossEntropy(x, [2, 0, 3]),
  },
  'crossEntropy, smoothed': {
    ...same,
    ours: (x) => ops.crossEntropy(x, [2, 0, 3], { smoothing: 0.1 }),
    theirs: (x) => crossEntropy(x, [2, 0, 3], 0.1),
  },
  binaryCrossEntropy: {
    inputs: [[4]],
    ours: (x) => ops.binaryCrossEntropy(x, [0, 1, 1, 0.25]),
    theirs: (x) => np.mean(nn.softplus(x.ref).sub(x.mul(np.array([0, 1, 1, 0.25])))),
  },
  meanSquaredError: {
    ...pair,
    ours: ops.meanSquaredError,
    theirs: (x, y) => np.mean(np.square(x.sub(y))),
  },
  dropout: {
    inputs: [[6]],
    ours: (x) => ops.dropout(x, 0.5, mask()),
    theirs: (x) => x.mul(np.array(kept.slice())),
  },
  layerNorm: {
    inputs: [[3, 4], [4], [4]],
    ours: (x, gain, bias) => ops.layerNorm(x, gain, bias),
    theirs: (x, gain, bias) => standardized(x, gain, bias, -1),
  },
  batchNorm: {
    inputs: [images, [3], [3]],
    ours: (x, gain, bias) =>
      ops.batchNorm(x, gain, bias, ops.runningStatistics('norm', 3), { training: true }),
    theirs: (x, gain, bias) => standardized(x, gain, bias, [0, 1, 2]),
  },
  'conv2d, valid': convolution({ stride: 1, padding: 'valid' }),
  'conv2d, same': convolution({ stride: 1, padding: 'same' }),
  'conv2d, stride 2': convolution({ stride: 2, padding: 'valid' }),
  'conv2d, same, stride 2': convolution({ stride: 2, padding: 'same' }),
  maxPool2d: {
    inputs: [images],
    ours: (x) => ops.maxPool2d(x, 2),
    theirs: (x) => pooled(x, (window) => np.max(window), 2, 2),
  },
  averagePool2d: {
    inputs: [images],
    ours: (x) => ops.averagePool2d(x, 3, { stride: 1 }),
    theirs: (x) => pooled(x, (window) => np.mean(window), 3, 1),
  },
  globalAveragePool: {
    inputs: [images],
    ours: ops.globalAveragePool,
    theirs: (x) => np.mean(x, [1, 2]),
  },
};

let kept = new Float32Array(0);
beforeAll(async () => {
  await startJax();
  const ones = ops.constant(new Float32Array(6).fill(1));
  kept = Float32Array.from(await ops.evaluate(ops.dropout(ones, 0.5, mask())));
});

function normals(random: Random, shape: Shape): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
}

/** The largest difference is below 1e-4 of the largest number. */
function expectClose(got: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(got.length).toBe(wanted.length);
  const size = Math.max(...Array.from(wanted, Math.abs));
  const off = Math.max(...Array.from(wanted, (value, e) => Math.abs(value - got[e])));
  expect(size).toBeGreaterThan(0);
  expect(off / size).toBeLessThan(RELATIVE);
}

describe('an operation has the value and the gradient that jax-js finds', () => {
  test.each(Object.entries(CASES))('%s', async (_, { inputs, ours, theirs }) => {
    const random = Random.fromSeed(7);
    const data = inputs.map((shape) => normals(random, shape));
    const leaves = inputs.map((shape, i) => ops.parameter(`input ${i}`, data[i], shape));
    const y = ours(...leaves);
    const weights = normals(random, y.shape);
    const loss = ops.sum(ops.multiply(y, ops.constant(weights, y.shape)));
    const own = await ops.gradientsOf(loss, undefined, [y]);
    const arrays = () => inputs.map((shape, i) => jaxArray(data[i], shape));
    expectClose(own.values[0], await theirs(...arrays()).data());
    const weighted = (y: JaxArray) => y.mul(jaxArray(weights, y.shape)).sum();
    const oracle = await jaxGradients((...x) => weighted(theirs(...x)), arrays());
    leaves.forEach((leaf, i) => {
      expectClose(own.gradients.get(leaf)?.data ?? [], oracle.gradients[i]);
    });
  });
});
