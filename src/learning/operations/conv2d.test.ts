import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { engineFamilies, onEachKind } from '../../testing/engines.ts';
import { normals } from '../../testing/gradient-check.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant, type Shape, sizeOf, type Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { conv2d } from './conv2d.ts';
import { square } from './square.ts';
import { sum } from './sum.ts';
import type { WindowOptions } from './windows.ts';

const SLIDES: readonly WindowOptions[] = [
  {},
  { padding: 'same' },
  { stride: 2 },
  { stride: 2, padding: 'same' },
  { stride: 3, padding: 'same' },
];

const random = Random.fromSeed(11);
const randomTensor = (shape: Shape) => constant(normals(random, shape), shape);

/** The sum of the definition, place by place; `before` is the padding above and to the left. */
function naive(x: Tensor, w: Tensor, b: Tensor, y: Shape, stride: number, before: Shape): number[] {
  const [, height, width, c] = x.shape;
  const [m, kernelHeight, kernelWidth] = w.shape;
  const [, down, across] = y;
  return Array.from({ length: sizeOf(y) }, (_, e) => {
    const o = e % m;
    const q = Math.floor(e / m) % across;
    const p = Math.floor(e / (m * across)) % down;
    const i = Math.floor(e / (m * across * down));
    let total = b.data?.[o] ?? 0;
    for (let r = 0; r < kernelHeight; r++) {
      for (let s = 0; s < kernelWidth; s++) {
        const row = p * stride + r - before[0];
        const col = q * stride + s - before[1];
        if (row < 0 || row >= height || col < 0 || col >= width) continue;
        for (let k = 0; k < c; k++) {
          const place = ((i * height + row) * width + col) * c + k;
          const weight = ((o * kernelHeight + r) * kernelWidth + s) * c + k;
          total += (x.data?.[place] ?? 0) * (w.data?.[weight] ?? 0);
        }
      }
    }
    return total;
  });
}

test.each(SLIDES)('conv2d %j has the gradient of its value', (options) =>
  expectGradient((x, w, b) => conv2d(x, w, b, options), [[2, 5, 6, 3], [4, 3, 2, 3], [4]]),
);

test.each([
  ['valid', 1, [0, 0]],
  ['same', 1, [1, 0]],
  ['valid', 2, [0, 0]],
  ['same', 2, [1, 0]],
] as const)('it is the sum of its definition: %s, stride %i', async (padding, stride, before) => {
  const [x, w, b] = [[2, 5, 6, 3], [4, 3, 2, 3], [4]].map(randomTensor);
  const y = conv2d(x, w, b, { padding, stride });
  const expected = naive(x, w, b, y.shape, stride, before);
  (await numbersOf(y)).forEach((value, e) => {
    expect(value).toBeCloseTo(expected[e], 12);
  });
});

test('images of several tiles are the sum of the definition, and have the gradient of their value', async () => {
  const shapes: Shape[] = [[2, 40, 40, 3], [2, 5, 5, 3], [2]];
  const [x, w, b] = shapes.map(randomTensor);
  const y = conv2d(x, w, b, { padding: 'same' });
  const expected = naive(x, w, b, y.shape, 1, [2, 2]);
  const values = await numbersOf(y);
  expect(Math.max(...values.map((value, e) => Math.abs(value - expected[e])))).toBeLessThan(1e-12);
  await expectGradient(
    (...inputs) => conv2d(inputs[0], inputs[1], inputs[2], { padding: 'same' }),
    shapes,
  );
});

const engines = engineFamilies();

test('one, two and three threads give the same bytes', async () => {
  const leaves = [[4, 24, 24, 8], [16, 3, 3, 8], [16]].map((shape, i) =>
    parameter(`input ${i}`, Float32Array.from(normals(random, shape)), shape),
  );
  const results = await onEachKind(engines, async (engine) => {
    const loss = sum(square(conv2d(leaves[0], leaves[1], leaves[2], { padding: 'same' })));
    const { gradients } = await gradientsOf(loss, new Workspace(engine));
    return leaves.map((leaf) => gradients.get(leaf)?.data ?? new Float32Array(0));
  });
  for (const parts of results) expect(parts.map(({ length }) => length)).toEqual([18432, 1152, 16]);
});

test('a kernel of one place is a linear layer on the channels', async () => {
  const x = known([1, 2, 3, 4], [1, 1, 2, 2]);
  const y = conv2d(x, known([1, 10], [1, 1, 1, 2]), known([100]));
  expect(y.shape).toEqual([1, 1, 2, 1]);
  expect(await numbersOf(y)).toEqual([121, 143]);
});

test('a sum by hand, the kernel not turned over', async () => {
  const x = known([1, 2, 3, 4], [1, 2, 2, 1]);
  const w = known([1, 10, 100, 1000], [1, 2, 2, 1]);
  expect(await numbersOf(conv2d(x, w))).toEqual([4321]);
  expect(await numbersOf(conv2d(x, w, undefined, { padding: 'same' }))).toEqual([4321, 402, 43, 4]);
});

test('weights and biases that do not fit are refused', () => {
  const x = zeros([1, 4, 4, 3]);
  expect(() => conv2d(x, zeros([2, 27]))).toThrow(
    'conv2d: expected weights outputs × height × width × channels; got 2 × 27.',
  );
  expect(() => conv2d(x, zeros([2, 3, 3, 1]))).toThrow(
    'conv2d: expected weights of 3 channels; got 2 × 3 × 3 × 1.',
  );
  expect(() => conv2d(x, zeros([2, 3, 3, 3]), zeros([3]))).toThrow(
    'conv2d: expected a bias of 2 numbers; got 3.',
  );
  expect(() => conv2d(zeros([1, 2, 2, 3]), zeros([2, 3, 3, 3]))).toThrow(
    'conv2d: expected images of 3 × 3 places or more, or padding: same; got 2 × 2.',
  );
});
