import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { centerColumns } from './center-columns.ts';
import { multiply } from './multiply.ts';

test('the gradient is centred too', async () => {
  const ratios = await gradientRatios(
    (x) => multiply(centerColumns(x), centerColumns(multiply(x, x))),
    [[4, 3]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('every column loses its mean', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 6), [2, 2]);
  expect(await evaluate(centerColumns(x))).toEqual(Float64Array.of(-1, -2, 1, 2));
});
