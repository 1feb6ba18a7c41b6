import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { reshape } from './reshape.ts';
import { square } from './square.ts';

test('reshape has the gradient of its value', () =>
  expectGradient((a) => reshape(square(a), [6]), [[2, 3]]));

test('the numbers and their order stay', async () => {
  const folded = reshape(known([1, 2, 3, 4]), [2, 2]);
  expect(folded.shape).toEqual([2, 2]);
  expect(await numbersOf(folded)).toEqual([1, 2, 3, 4]);
});

test('a shape of another size is refused', () => {
  expect(() => reshape(zeros([2, 3]), [4])).toThrow(
    'reshape: expected a shape of 6 numbers; got 4.',
  );
});
