import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { entropy } from './entropy.ts';
import { multiply } from './multiply.ts';

test('it has the gradient of its value', async () => {
  const ratios = await gradientRatios((x) => entropy(multiply(x, x)), [[2, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('n equal numbers have the entropy log n, whatever their size, and no slope', async () => {
  const x = parameter('x', Float64Array.of(7, 7, 7, 7), [4]);
  const { loss, gradients } = await gradientsOf(entropy(x), new Workspace(referenceEngine));
  expect(loss).toBeCloseTo(Math.log(4), 14);
  for (const slope of gradients.get(x)?.data ?? []) expect(slope).toBeCloseTo(0, 15);
});

test('zeros have no share and no gradient', async () => {
  const x = parameter('x', Float64Array.of(1, 0, 3), [3]);
  const { loss, gradients } = await gradientsOf(entropy(x), new Workspace(referenceEngine));
  expect(loss).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 14);
  expect(gradients.get(x)?.data[1]).toBe(0);
  expect(await evaluate(entropy(constant(new Float64Array(3))))).toEqual(Float64Array.of(0));
});
