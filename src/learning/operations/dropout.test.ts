import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { dropout } from './dropout.ts';
import { sum } from './sum.ts';

const random = Random.fromSeed(5);
const ones = known(new Array(10_000).fill(1));

test('dropout has the gradient of its value', () =>
  expectGradient((x) => dropout(x, 0.4, random), [[5, 6]]));

test('the gradient is dropped where the value was', async () => {
  const x = parameter('x', new Float64Array(50).fill(1), [50]);
  const dropped = dropout(x, 0.5, random);
  const workspace = new Workspace(referenceEngine);
  const { gradients, values } = await gradientsOf(sum(dropped), workspace, [dropped]);
  expect(gradients.get(x)?.data).toEqual(values[0]);
});

test.each([0.25, 0.3, 0.001])(
  'rate %d: the rest is scaled, and is as many as it should be within five standard deviations',
  async (rate) => {
    const values = await numbersOf(dropout(known(new Array(200_000).fill(1)), rate, random));
    const kept = values.filter((y) => y !== 0);
    expect(new Set(kept)).toEqual(new Set([1 / (1 - rate)]));
    const expected = 200_000 * (1 - rate);
    expect(Math.abs(kept.length - expected)).toBeLessThan(5 * Math.sqrt(expected * rate));
  },
);

test('computing again drops the same numbers, however much of the stream was used', async () => {
  const stream = Random.fromSeed(5);
  stream.uniform();
  const layer = dropout(ones, 0.25, stream);
  const first = await numbersOf(layer);
  expect(await numbersOf(layer)).toEqual(first);
  expect(await numbersOf(dropout(ones, 0.25, random))).toEqual(first);
});

test('another stream drops others', async () => {
  const first = await numbersOf(dropout(ones, 0.25, random.fork(1)));
  expect(await numbersOf(dropout(ones, 0.25, random.fork(2)))).not.toEqual(first);
});

test('rate 0 leaves the tensor itself', () => {
  expect(dropout(ones, 0, random)).toBe(ones);
});

test('a rate outside [0, 1) is refused', () => {
  expect(() => dropout(zeros([2]), 1, random)).toThrow(
    'dropout: option "rate" must be in [0, 1); got 1.',
  );
});
