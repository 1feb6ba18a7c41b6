import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { relativeTo } from './relative-to.ts';

const anchors = matrix(Float64Array.of(2, 1, 0, 1, 1, 4), 3, 2);

test('rows become cosines with the anchors about their mean', async () => {
  const apply = relativeTo(matrix(Float64Array.of(2, 1, 0, 1), 2, 2));
  // The mean is (1, 1): the anchors lie at ±(1, 0) of it, the rows at (3, 0) and (2, 2).
  const y = await numbersOf(apply(known([4, 1, 3, 3], [2, 2])));
  expect(y).toEqual([1, -1, Math.SQRT1_2, -Math.SQRT1_2].map((x) => expect.closeTo(x, 15)));
  expect(apply.parameters).toEqual([]);
});

test('a turn, a shift and a factor of the space leave them as they are', async () => {
  const moved = (data: ArrayLike<number>) =>
    Float64Array.from(data, (_, e) => (e % 2 === 0 ? -3 * data[e + 1] + 5 : 3 * data[e - 1] - 2));
  const x = Float64Array.of(1, 0.5, -2, 3);
  const here = await numbersOf(relativeTo(anchors)(known([...x], [2, 2])));
  const there = await numbersOf(
    relativeTo(matrix(moved(anchors.data), 3, 2))(known([...moved(x)], [2, 2])),
  );
  expect(there).toEqual(here.map((y) => expect.closeTo(y, 14)));
});

test('has the gradient of its value, at every place of images', () =>
  expectGradient((x) => relativeTo(anchors)(x), [[2, 2, 2, 2]]));

test('anchors at one point are refused', () => {
  expect(() => relativeTo(matrix(Float64Array.of(1, 2, 1, 2), 2, 2))).toThrow(
    'relativeTo: expected two anchors or more that differ; got 2, all at one point.',
  );
});
