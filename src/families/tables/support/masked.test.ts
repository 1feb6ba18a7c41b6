import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import {
  evaluate,
  gradientsOf,
  parameter,
  square,
  sum,
  Workspace,
} from '../../../learning/index.ts';
import { masked } from './masked.ts';

const workspace = new Workspace(referenceEngine);
const x = parameter('x', Float64Array.of(-2, -3, 4), [1, 3]);

test('what is left out is 0, not −0', async () => {
  expect([...(await evaluate(masked(x, [1, 0, 1]), workspace))]).toEqual([-2, 0, 4]);
});

test('what is left out has no gradient', async () => {
  const { gradients } = await gradientsOf(sum(square(masked(x, [1, 0, 1]))), workspace);
  expect([...(gradients.get(x)?.data ?? [])]).toEqual([-4, 0, 8]);
});
