import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { type AttentionOptions, attention } from './attention.ts';
import { sum } from './sum.ts';

const shapes = [
  [2, 3, 4],
  [2, 3, 4],
  [2, 3, 4],
];

test.each<[string, AttentionOptions, number[][]]>([
  ['one head', {}, shapes],
  ['two heads', { heads: 2 }, shapes],
  ['causal', { heads: 2, causal: true }, shapes],
  ['padded', { heads: 2, lengths: [2, 3] }, shapes],
  ['causal and padded', { causal: true, lengths: [0, 2] }, shapes],
  [
    'other keys than queries',
    { heads: 2 },
    [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 4],
    ],
  ],
  [
    'a single sequence',
    {},
    [
      [3, 4],
      [5, 4],
      [5, 4],
    ],
  ],
])('%s: queries, keys and values have their gradients', async (_, options, inputs) => {
  const ratios = await gradientRatios((q, k, v) => attention(q, k, v, options), inputs);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('one tensor as queries, keys and values gets all three gradients', async () => {
  const ratios = await gradientRatios((x) => attention(x, x, x, { causal: true }), [[4, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

const draw = (seed: number) => constant(normals(Random.fromSeed(seed), [2, 3, 4]), [2, 3, 4]);

test('it is the softmax of scaled products, head by head', async () => {
  const [q, k, v] = [1, 2, 3].map(draw);
  const y = await evaluate(attention(q, k, v, { heads: 2 }));
  const at = (x: typeof q, s: number, i: number, c: number) => x.data?.[(s * 3 + i) * 4 + c] ?? 0;
  for (const [s, i, c] of [
    [0, 0, 0],
    [1, 2, 1],
    [1, 0, 3],
  ]) {
    const first = c < 2 ? 0 : 2;
    const weights = [0, 1, 2].map((j) =>
      Math.exp(
        (at(q, s, i, first) * at(k, s, j, first) +
          at(q, s, i, first + 1) * at(k, s, j, first + 1)) /
          Math.SQRT2,
      ),
    );
    const total = weights.reduce((a, b) => a + b);
    const expected = weights.reduce((a, weight, j) => a + (weight / total) * at(v, s, j, c), 0);
    expect(y[(s * 3 + i) * 4 + c]).toBeCloseTo(expected, 13);
  }
});

test('keys of equal scores: the mean of the values that are seen', async () => {
  const zeros = constant(new Float64Array(3), [3, 1]);
  const v = constant(Float64Array.of(2, 4, 9), [3, 1]);
  const see = (options: AttentionOptions) => evaluate(attention(zeros, zeros, v, options));
  expect(await see({})).toEqual(Float64Array.of(5, 5, 5));
  expect(await see({ lengths: [2] })).toEqual(Float64Array.of(3, 3, 3));
  expect(await see({ causal: true })).toEqual(Float64Array.of(2, 3, 5));
  expect(await see({ lengths: [0] })).toEqual(Float64Array.of(0, 0, 0));
});

test('what a causal query gives does not depend on what comes later', async () => {
  const [q, k, v] = [1, 2, 3].map(draw);
  const later = (x: typeof q) => {
    const data = Float64Array.from(x.data ?? []);
    data.fill(9, 2 * 4, 3 * 4);
    return constant(data, [2, 3, 4]);
  };
  const before = await evaluate(attention(q, k, v, { causal: true }));
  const after = await evaluate(attention(later(q), later(k), later(v), { causal: true }));
  expect(after.subarray(0, 8)).toEqual(before.subarray(0, 8));
});

test('padding is not read, and gets no gradient', async () => {
  const [q, k] = [1, 2].map(draw);
  const data = normals(Random.fromSeed(3), [2, 3, 4]).fill(Number.NaN, 8, 12);
  const v = parameter('v', data, [2, 3, 4]);
  const loss = sum(attention(q, k, v, { lengths: [2, 3] }));
  const found = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(found.loss).not.toBeNaN();
  expect(found.gradients.get(v)?.data.subarray(8, 12)).toEqual(new Float64Array(4));
});

test('large scores do not overflow', async () => {
  const q = constant(Float64Array.of(1000, 1000), [2, 1]);
  const v = constant(Float64Array.of(1, 2), [2, 1]);
  expect(await evaluate(attention(q, constant(Float64Array.of(1, 2), [2, 1]), v))).toEqual(
    Float64Array.of(2, 2),
  );
});

test('what does not fit is named', () => {
  const q = constant(new Float32Array(24), [2, 3, 4]);
  const longer = constant(new Float32Array(40), [2, 5, 4]);
  expect(() => attention(q, longer, q)).toThrow(
    'attention: expected values of 2 × 5 × 4 beside queries of 2 × 3 × 4; got 2 × 3 × 4.',
  );
  expect(() => attention(q, longer, longer, { causal: true })).toThrow(
    'attention: expected 3 keys to be causal, as many as queries; got 5.',
  );
  expect(() => attention(q, q, q, { heads: 3 })).toThrow(
    'attention: option "heads" must be a whole number that divides 4 columns; got 3.',
  );
  expect(() => attention(q, q, q, { lengths: [3] })).toThrow(
    'attention: expected 2 lengths, one a sequence; got 1.',
  );
  expect(() => attention(q, q, q, { lengths: [3, 4] })).toThrow(
    'attention: length 4 of sequence 1 is not a whole number in 0 … 3.',
  );
});
