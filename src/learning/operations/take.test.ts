import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { take } from './take.ts';

test('a row taken twice gets both gradients', async () => {
  const ratios = await gradientRatios(
    (x) => multiply(take(x, [1, 3, 1]), take(x, [0, 1, 1])),
    [[2, 2, 3]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('rows come in the order in which they are named', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  expect(await evaluate(take(x, [2, 0, 2]))).toEqual(Float64Array.of(5, 6, 1, 2, 5, 6));
});

test('a row that does not exist is named', () => {
  const x = constant(new Float32Array(6), [3, 2]);
  expect(() => take(x, [0, 3])).toThrow('take: row 3 at place 1 is not in 0 … 2.');
});
