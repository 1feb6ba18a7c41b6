import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { multiply } from './multiply.ts';
import { sortColumns } from './sort-columns.ts';
import { sum } from './sum.ts';

test('the gradient goes back through each column’s permutation', async () => {
  const ratios = await gradientRatios((x) => sortColumns(multiply(x, x)), [[4, 3]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('each column is sorted on its own, and its gradient finds the row it came from', async () => {
  const x = parameter('x', Float64Array.of(3, 0, 1, 5, 2, -1), [3, 2]);
  const weights = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  expect(await evaluate(sortColumns(x))).toEqual(Float64Array.of(1, -1, 2, 0, 3, 5));
  const loss = sum(multiply(sortColumns(x), weights));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(5, 4, 1, 6, 3, 2));
});
