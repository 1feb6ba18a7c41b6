import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { mixBlocks } from './mix-blocks.ts';

test('has the gradients of its value, for rows and for rules', async () => {
  const ratios = await gradientRatios(
    (x, rules) => mixBlocks(x, rules),
    [
      [2, 3, 6],
      [3, 3, 3],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('block p holds the mixtures that row p of each matrix says', async () => {
  const x = constant(Float64Array.of(1, 2, 10, 20), [1, 4]);
  const rules = constant(Float64Array.of(1, 0, 0, 1, 0, 3, -1, 1), [2, 2, 2]);
  const y = mixBlocks(x, rules);
  expect(y.shape).toEqual([1, 2, 4]);
  // A_1 leaves the blocks; A_2 gives three times the second, and the second less the first.
  expect([...(await evaluate(y))]).toEqual([1, 2, 30, 60, 10, 20, 9, 18]);
});

test('rules that are no cube, and rows that do not part into blocks, are refused', () => {
  const rows = constant(new Float64Array(4), [1, 4]);
  const rules = (shape: readonly number[]) =>
    constant(new Float64Array(shape.reduce((all, length) => all * length, 1)), shape);
  expect(() => mixBlocks(rows, rules([2, 2]))).toThrow('rules of n × n × n');
  expect(() => mixBlocks(rows, rules([2, 2, 3]))).toThrow('rules of n × n × n');
  expect(() => mixBlocks(rows, rules([3, 3, 3]))).toThrow('rows that 3 divides');
});
