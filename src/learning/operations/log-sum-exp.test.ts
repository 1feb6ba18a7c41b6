import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate, gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { logSumExp } from './log-sum-exp.ts';
import { sum } from './sum.ts';

test('its gradient is the softmax', async () => {
  const ratios = await gradientRatios((x) => logSumExp(x), [[3, 4]]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('n equal numbers give the number and log n', async () => {
  const y = await evaluate(logSumExp(constant(Float64Array.of(5, 5, 5, 5), [2, 2])));
  expect(y).toEqual(Float64Array.of(5 + Math.log(2), 5 + Math.log(2)));
});

test('nothing overflows', async () => {
  const y = await evaluate(logSumExp(constant(Float64Array.of(1000, 1000, -1000, -1000), [2, 2])));
  expect(y).toEqual(Float64Array.of(1000 + Math.log(2), -1000 + Math.log(2)));
});

test('a row of −∞ alone gives −∞ and no gradient, a NaN gives NaN', async () => {
  const x = parameter('x', Float64Array.of(-Infinity, -Infinity), [1, 2]);
  const { loss, gradients } = await gradientsOf(sum(logSumExp(x)), new Workspace(referenceEngine));
  expect(loss).toBe(-Infinity);
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(0, 0));
  expect(await evaluate(logSumExp(constant(Float64Array.of(1, Number.NaN), [1, 2])))).toEqual(
    Float64Array.of(Number.NaN),
  );
});
