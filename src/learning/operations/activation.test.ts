import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { activation } from './activation.ts';
import { sum } from './sum.ts';

test('passes the gradient of gelu and relu', async () => {
  for (const f of ['gelu', 'relu'] as const)
    for (const ratio of await gradientRatios((x) => sum(activation(f, x)), [[3, 4]]))
      expect(ratio).toBeGreaterThan(3.8);
});

test('keeps NaN, so that a loss shows it', async () => {
  const x = constant(Float64Array.of(NaN, -1, 2));
  expect([...(await evaluate(activation('relu', x)))]).toEqual([NaN, 0, 2]);
});
