import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { sortRows } from './sort-rows.ts';

test('the gradient goes back through the permutation', async () => {
  const ratios = await gradientRatios((x) => sortRows(multiply(x, x)), [[3, 4]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('each row is sorted on its own', async () => {
  const x = constant(Float64Array.of(3, 1, 2, 0, -1, 5), [2, 3]);
  expect(await evaluate(sortRows(x))).toEqual(Float64Array.of(1, 2, 3, -1, 0, 5));
});
