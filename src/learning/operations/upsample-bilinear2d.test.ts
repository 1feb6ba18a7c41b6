import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { normals } from '../../testing/gradient-check.ts';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { square } from './square.ts';
import { upsampleBilinear2d } from './upsample-bilinear2d.ts';

test.each([2, 3])('upsampleBilinear2d by %d has the gradient of its value', (factor) =>
  expectGradient((x) => square(upsampleBilinear2d(x, factor)), [[2, 2, 3, 2]]),
);

test('places between two centers lie on the line, and beyond them the edge goes on', async () => {
  const y = upsampleBilinear2d(known([0, 10, 4, 50], [1, 1, 2, 2]), 2);
  expect(y.shape).toEqual([1, 2, 4, 2]);
  const row = [0, 10, 1, 20, 3, 40, 4, 50];
  expect(await numbersOf(y)).toEqual([...row, ...row]);
});

test.each([2, 3, 4])('by %d is the sum of its definition', async (factor) => {
  const [height, width] = [3, 2];
  const x = normals(Random.fromSeed(5), [height, width]);
  const share = (p: number, r: number, length: number) => {
    const place = Math.min(length - 1, Math.max(0, (p + 0.5) / factor - 0.5));
    return Math.max(0, 1 - Math.abs(place - r));
  };
  const sums = Array.from({ length: factor ** 2 * x.length }, (_, at) => {
    const [p, q] = [Math.floor(at / (factor * width)), at % (factor * width)];
    return x.reduce((sum, value, e) => {
      const [r, s] = [Math.floor(e / width), e % width];
      return sum + share(p, r, height) * share(q, s, width) * value;
    }, 0);
  });
  const y = await numbersOf(upsampleBilinear2d(known([...x], [1, height, width, 1]), factor));
  expect(y).toEqual(sums.map((value) => expect.closeTo(value, 14)));
});

test('images of one number stay what they are', async () => {
  const y = await numbersOf(upsampleBilinear2d(known(Array(6).fill(2.5), [1, 2, 3, 1]), 4));
  expect(y).toEqual(Array(96).fill(2.5));
});

test('what is not images, and a factor below 1, are refused', () => {
  expect(() => upsampleBilinear2d(zeros([2, 3, 4]), 2)).toThrow(
    'upsampleBilinear2d: expected images n × height × width × channels; got 2 × 3 × 4.',
  );
  expect(() => upsampleBilinear2d(zeros([1, 2, 2, 1]), 0)).toThrow(
    'upsampleBilinear2d: option "factor" must be a whole number from 1; got 0.',
  );
});
