import { describe, expect, test } from 'vitest';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { addRows, linear, matmul, multiply, relu, scale, sum, topK } from '../operations/index.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { encoded, timesDecoder } from './code-products.ts';
import { fewOf } from './few.ts';

const [N, H, D] = [6, 200, 5];

function normals(name: string, length: number): Float64Array {
  const random = Random.fromSeed(2).fork(name);
  return Float64Array.from({ length }, () => random.normal());
}

/** The gradients of a weighted sum of what is built, by the name of the parameter. */
async function gradientsBy(build: (...leaves: Parameter[]) => Tensor) {
  const leaves = [
    parameter('x', normals('x', N * D), [N, D]),
    parameter('weight', normals('weight', H * D), [H, D]),
    parameter('center', normals('center', D), [D]),
    parameter('bias', normals('bias', H), [H]),
  ];
  const y = build(...leaves);
  const loss = sum(multiply(y, constant(normals('weights', y.shape[0] * y.shape[1]), y.shape)));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  return new Map(Array.from(gradients, ([{ name }, { data }]) => [name, data.slice()]));
}

function expectAlike(one: ReadonlyMap<string, Floats>, other: ReadonlyMap<string, Floats>) {
  expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
  for (const [name, data] of one)
    data.forEach((g, e) => {
      expect(g).toBeCloseTo(other.get(name)?.[e] ?? Number.NaN, 12);
    });
}

const latents = (x: Tensor, weight: Tensor, center: Tensor, bias: Tensor) =>
  linear(addRows(x, scale(center, -1)), weight, bias);

describe.each([
  ['few', 3],
  ['many', 60],
])('with %s numbers that are not 0', (kind, k) => {
  const codes = (z: Tensor) => relu(topK(z, k));

  test('they are found few or many', () => {
    const data = new Float32Array(N * H);
    for (let i = 0; i < N; i++) data.fill(1, i * H, i * H + k);
    expect(fewOf(data, N, H) !== undefined).toBe(kind === 'few');
  });

  test('gradients of all weights are those of dense products', async () => {
    const own = await gradientsBy((x, weight, center, bias) =>
      timesDecoder(codes(encoded(x, { weight, center, bias })), weight),
    );
    const dense = await gradientsBy((x, weight, center, bias) =>
      matmul(codes(latents(x, weight, center, bias)), weight),
    );
    expectAlike(own, dense);
  });

  test('the gradient passes the Taylor check', async () => {
    const ratios = await gradientRatios(
      (x, weight, center, bias, decoder) =>
        timesDecoder(codes(encoded(x, { weight, center, bias })), decoder),
      [[3, 4], [160, 4], [4], [160], [160, 4]],
    );
    // A step that changes which latents are the largest has no Taylor series; the smaller ones do not.
    expect(ratios.at(-1)).toBeGreaterThan(3.8);
  });
});

test('codes that are 0 get no gradient, whether few others are not 0 or many', async () => {
  for (const filled of [1, H / 2]) {
    const data = new Float64Array(N * H);
    for (let i = 0; i < N; i++) data.fill(1, i * H, i * H + filled);
    const codes = parameter('codes', data, [N, H]);
    const decoder = constant(normals('decoder', H * D), [H, D]);
    const loss = sum(timesDecoder(codes, decoder));
    const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
    const found = gradients.get(codes)?.data ?? new Float64Array();
    expect(Array.from(found, (g) => g !== 0)).toEqual(Array.from(data, (x) => x !== 0));
  }
});

test('codes of zeros are the zero row', async () => {
  const codes = constant(new Float64Array(2 * H), [2, H]);
  const decoder = parameter('decoder', normals('decoder', H * D), [H, D]);
  const { loss, gradients } = await gradientsOf(
    sum(timesDecoder(codes, decoder)),
    new Workspace(referenceEngine),
  );
  expect(loss).toBe(0);
  expect(gradients.get(decoder)?.data.every((g) => g === 0)).toBe(true);
});

test('shapes that do not fit are refused in a sentence', () => {
  const zeros = (...shape: number[]) =>
    constant(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
  expect(() => timesDecoder(zeros(2, 3), zeros(4, 2))).toThrow(
    'timesDecoder: expected a decoder of 3 rows, as many as codes have columns; got 4 × 2.',
  );
  expect(() =>
    encoded(zeros(2, 3), { weight: zeros(4, 2), center: zeros(3), bias: zeros(4) }),
  ).toThrow('encoded: expected weights of 3 columns');
});
