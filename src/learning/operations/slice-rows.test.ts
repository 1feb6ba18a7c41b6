import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { sliceRows } from './slice-rows.ts';

test('rows outside the slice get no gradient', async () => {
  const ratios = await gradientRatios(
    (x) => multiply(sliceRows(x, 1, 3), sliceRows(x, 0, 2)),
    [[4, 2, 2]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('a slice is the places from the first up to the last, without it', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  expect(await evaluate(sliceRows(x, 1, 3))).toEqual(Float64Array.of(3, 4, 5, 6));
});

test.each([
  [2, 2],
  [-1, 1],
  [1, 4],
  [0.5, 2],
])('a slice %d … %d of three rows is refused', (from, to) => {
  const x = constant(new Float32Array(6), [3, 2]);
  expect(() => sliceRows(x, from, to)).toThrow(
    `sliceRows: expected a part of 0 … 3, not empty; got ${from} … ${to}.`,
  );
});
