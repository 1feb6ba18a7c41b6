import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { gram } from './gram.ts';

test('an asymmetric gradient comes back as X·(G + Gᵀ)', async () => {
  const ratios = await gradientRatios((x) => gram(x), [[2, 2, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('products of columns', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4), [2, 2]);
  expect(await evaluate(gram(x))).toEqual(Float64Array.of(10, 14, 14, 20));
});
