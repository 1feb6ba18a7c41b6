import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { blockNorms } from './block-norms.ts';

test('has the gradient of its value', async () => {
  for (const ratio of await gradientRatios((x) => blockNorms(x, 3), [[4, 6]]))
    expect(ratio).toBeGreaterThan(3.8);
});

test('a block of 3 and 4 has length 5', async () => {
  const x = constant(Float64Array.of(3, 4, 0, 0), [1, 4]);
  expect(await evaluate(blockNorms(x, 2))).toEqual(Float64Array.of(5, 0));
});

test('columns that do not fall into blocks are refused', () => {
  expect(() => blockNorms(constant(new Float64Array(5), [1, 5]), 2)).toThrow(
    'blockNorms: expected columns in blocks of 2; got 1 × 5.',
  );
});
