import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { koleo } from '../../families/objectives/index.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import { constant, type Shape, type Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import * as ops from './index.ts';

const table = (byRows: boolean) =>
  parameter('table', normals(Random.fromSeed(3), [5, 3]), [5, 3], { byRows });

const CASES: Record<
  string,
  readonly [(...x: Parameter[]) => Tensor, readonly (Shape | Parameter)[]]
> = {
  add: [
    (a, b) => ops.add(a, ops.multiply(b, b)),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  subtract: [
    (a, b) => ops.subtract(a, ops.multiply(b, b)),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  multiply: [
    (a, b) => ops.multiply(a, b),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  'multiply by itself': [(a) => ops.multiply(a, ops.multiply(a, a)), [[2, 3]]],
  'relu of a product': [
    (a, b) => ops.relu(ops.multiply(a, b)),
    [
      [4, 5],
      [4, 5],
    ],
  ],
  scale: [(a) => ops.scale(ops.multiply(a, a), -3), [[4]]],
  mean: [(a) => ops.mean(ops.multiply(a, a)), [[3, 4]]],
  reshape: [(a) => ops.reshape(ops.multiply(a, a), [6]), [[2, 3]]],
  matmul: [
    (a, b) => ops.matmul(a, b),
    [
      [3, 4],
      [4, 2],
    ],
  ],
  'matmul, B transposed': [
    (a, b) => ops.matmul(a, b, { transposeB: true }),
    [
      [3, 4],
      [2, 4],
    ],
  ],
  linear: [(x, w, b) => ops.linear(x, w, b), [[2, 3, 4], [5, 4], [5]]],
  crossEntropy: [(z) => ops.crossEntropy(z, [2, ops.IGNORED, 0]), [[3, 4]]],
  'crossEntropy, smoothed': [(z) => ops.crossEntropy(z, [2, 1, 0], { smoothing: 0.2 }), [[3, 4]]],
  normalizeRows: [(x) => ops.normalizeRows(x), [[4, 3]]],
  embedding: [
    (t) => ops.multiply(ops.embedding(t, [1, 4, 1]), ops.embedding(t, [1, 1, 0])),
    [[5, 3]],
  ],
  'embedding by rows': [
    (t) => ops.multiply(ops.embedding(t, [1, 4, 1]), ops.embedding(t, [1, 1, 0])),
    [table(true)],
  ],
  objective: [(x) => ops.objective(ops.normalizeRows(x), koleo.bind()), [[6, 3]]],
};

test.each(Object.entries(CASES))('%s has the gradient of its value', async (_, [build, inputs]) => {
  for (const ratio of await gradientRatios(build, inputs)) expect(ratio).toBeGreaterThan(3.8);
});

test('softmax of equal logits loses the logarithm of the number of classes', async () => {
  const logits = constant(new Float64Array(8), [2, 4]);
  expect((await evaluate(ops.crossEntropy(logits, [0, 3])))[0]).toBeCloseTo(Math.log(4), 14);
});

test('nothing goes below a stopped gradient', async () => {
  const x = parameter('x', Float64Array.of(3), [1]);
  const loss = ops.sum(ops.multiply(x, ops.stopGradient(ops.multiply(x, x))));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(9));
});

test('an operation says what it expected', () => {
  const x = constant(new Float32Array(6), [2, 3]);
  expect(() => ops.linear(x, constant(new Float32Array(8), [2, 4]))).toThrow(
    'linear: expected weights of 3 columns; got 2 × 4.',
  );
  expect(() => ops.crossEntropy(x, [0, 3])).toThrow(
    'crossEntropy: class 3 of row 1 is not a whole number in 0 … 2, nor −1 for none.',
  );
  expect(() => ops.embedding(x, [0, 2])).toThrow('embedding: id 2 at place 1 is not in 0 … 1.');
});
