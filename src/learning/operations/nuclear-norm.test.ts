import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { nuclearNorm } from './nuclear-norm.ts';

test('it has the gradient of its value', async () => {
  const ratios = await gradientRatios((x) => nuclearNorm(x), [[5, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('orthogonal rows: the sum of their lengths', async () => {
  const x = constant(Float64Array.of(3, 0, 0, 0, 2, 0), [2, 3]);
  expect((await evaluate(nuclearNorm(x)))[0]).toBeCloseTo(5, 14);
});
