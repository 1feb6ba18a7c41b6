import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { multiply } from './multiply.ts';
import { segmentMean } from './segment-mean.ts';

test('each row gets its share of its segment’s gradient', async () => {
  const ratios = await gradientRatios(
    (x) => segmentMean(multiply(x, x), [2, 0, 2, 2], 3),
    [[4, 2]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('rows of a segment are averaged, an empty segment is zeros', async () => {
  const x = constant(Float64Array.of(1, 2, 3, 4, 5, 9), [3, 2]);
  expect(await evaluate(segmentMean(x, [2, 0, 2], 3))).toEqual(Float64Array.of(3, 4, 0, 0, 3, 5.5));
});

test('segments that do not fit are named', () => {
  const x = constant(new Float32Array(6), [3, 2]);
  expect(() => segmentMean(x, [0, 1], 2)).toThrow(
    'segmentMean: expected 3 segments, one a row; got 2.',
  );
  expect(() => segmentMean(x, [0, 1, 2], 2)).toThrow(
    'segmentMean: segment 2 at place 2 is not in 0 … 1.',
  );
});
