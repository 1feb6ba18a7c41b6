import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { rankEntropy } from './rank-entropy.ts';

test('it has the gradient of its value', async () => {
  const ratios = await gradientRatios((x) => rankEntropy(x), [[5, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('orthonormal columns have the logarithm of their number, a single direction 0', async () => {
  const full = constant(Float64Array.of(1, 0, 0, 1, 0, 0), [3, 2]);
  expect((await evaluate(rankEntropy(full)))[0]).toBeCloseTo(Math.log(2), 14);
  const collapsed = constant(Float64Array.of(1, 1, 2, 2, 3, 3), [3, 2]);
  expect((await evaluate(rankEntropy(collapsed)))[0]).toBe(0);
});
