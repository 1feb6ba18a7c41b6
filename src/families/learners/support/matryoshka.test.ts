import { expect, test } from 'vitest';
import { constant, evaluate } from '../../../learning/index.ts';
import { shortened, widthsOf } from './matryoshka.ts';

test('widths halve down to the narrowest, which is among them', () => {
  expect(widthsOf('x', 64, 0)).toEqual([64]);
  expect(widthsOf('x', 64, 64)).toEqual([64]);
  expect(widthsOf('x', 64, 16)).toEqual([64, 32, 16]);
  expect(widthsOf('x', 100, 20)).toEqual([100, 50, 25, 20]);
  expect(widthsOf('x', 3, 1)).toEqual([3, 1]);
});

test('a narrowest width above the columns is refused', () => {
  expect(() => widthsOf('x', 8, 9)).toThrow(
    'x: option "narrowest" must be at most 8, the columns (dim); got 9.',
  );
});

test('shortened rows have their first columns and length 1', async () => {
  const rows = constant(Float64Array.of(3, 4, 12, 0, -2, 5), [2, 3]);
  const near = async (width: number, wanted: readonly number[]) => {
    const found = await evaluate(shortened(rows, width));
    for (const [e, x] of wanted.entries()) expect(found[e]).toBeCloseTo(x, 12);
  };
  await near(2, [0.6, 0.8, 0, -1]);
  await near(3, [3 / 13, 4 / 13, 12 / 13]);
});
