import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { multiply } from './multiply.ts';
import { stopGradient } from './stop-gradient.ts';
import { sum } from './sum.ts';

test('nothing goes below a stopped gradient', async () => {
  const x = parameter('x', Float64Array.of(3), [1]);
  const loss = sum(multiply(x, stopGradient(multiply(x, x))));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(9));
});
