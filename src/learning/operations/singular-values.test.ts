import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { singularValues } from './singular-values.ts';
import { sum } from './sum.ts';

test.each([
  ['more rows than columns', [5, 3]],
  ['more columns than rows', [3, 5]],
])('each singular value has its gradient: %s', async (_, shape) => {
  const ratios = await gradientRatios((x) => singularValues(x), [shape]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('a diagonal matrix: its absolute values, largest first', async () => {
  const x = constant(Float64Array.of(3, 0, 0, -4), [2, 2]);
  expect(await evaluate(singularValues(x))).toEqual(Float64Array.of(4, 3));
});

test('a row of rank one: what is zero passes no gradient', async () => {
  const x = parameter('x', Float64Array.of(3, 4, 3, 4), [2, 2]);
  const y = await evaluate(singularValues(x));
  expect(y[0]).toBeCloseTo(Math.sqrt(50), 14);
  expect(y[1]).toBe(0);
  const { gradients } = await gradientsOf(sum(singularValues(x)), new Workspace(referenceEngine));
  gradients.get(x)?.data.forEach((g, e) => {
    expect(g).toBeCloseTo([3, 4, 3, 4][e] / Math.sqrt(50), 14);
  });
});

test('float32 rows with σ₂ = 1e-4 σ₁: the gradient of the sum is their polar factor to float32', async () => {
  const data = Float32Array.of(0.168, 0.576, 0.224, 0.768);
  const shift = 1e-4;
  for (const [e, by] of [0.768, -0.224, -0.576, 0.168].entries()) data[e] += shift * by;
  const [a, b, c, d] = data;
  expect(a * d - b * c).toBeGreaterThan(0);
  const length = Math.hypot(a + d, b - c);
  const polar = [a + d, b - c, c - b, a + d].map((x) => x / length);
  const x = parameter('x', data, [2, 2]);
  const { gradients } = await gradientsOf(sum(singularValues(x)), new Workspace(referenceEngine));
  // Through XᵀX the small direction is known to 1e-4 only.
  gradients.get(x)?.data.forEach((g, e) => {
    expect(g).toBeCloseTo(polar[e], 6);
  });
});
