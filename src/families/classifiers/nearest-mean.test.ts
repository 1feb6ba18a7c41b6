import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { nearestMean } from './nearest-mean.ts';

const points = matrix(Float64Array.of(0, 0, 2, 0, 10, 0, 10, 4), 4, 2);
const classes = ['b', 'b', 'a', 'a'];

test('scores are squared distances from the means, in the order of the names', async () => {
  const { model, names } = await nearestMean({ points, classes });
  expect(names).toEqual(['a', 'b']);
  const rows = matrix(Float64Array.of(1, 0, 10, 3), 2, 2);
  const { scores } = await nearestMean.scores(model, rows);
  expect(Array.from(scores.data)).toEqual([-85, 0, -1, -90]);
});

test('of equally near means the first in the order of the names counts', async () => {
  const { model } = await nearestMean({ points, classes });
  const middle = matrix(Float64Array.of(5.5, 1), 1, 2);
  expect((await nearestMean.predict(model, middle)).classes).toEqual(['a']);
});

test('the cosine does not see lengths, and takes rows of zeros', async () => {
  const { model } = await nearestMean({ points, classes }, { distance: 'cosine' });
  const at = async (length: number) => {
    const row = matrix(Float64Array.of(3 * length, 4 * length), 1, 2);
    return Array.from((await nearestMean.scores(model, row)).scores.data);
  };
  const [one, many] = [await at(1), await at(8)];
  one.forEach((score, e) => {
    expect(many[e]).toBeCloseTo(score, 14);
  });
  const zero = await nearestMean.scores(model, matrix(new Float64Array(2), 1, 2));
  expect(zero.scores.data.every(Number.isFinite)).toBe(true);
});

test('one class is enough', async () => {
  const { model } = await nearestMean({ points, classes: ['a', 'a', 'a', 'a'] });
  expect((await nearestMean.predict(model, points)).classes).toEqual(['a', 'a', 'a', 'a']);
});

test('what is known of classes is refused: it uses nothing of it', async () => {
  const about = { names: ['a', 'b', 'c'], vectors: [[1], [2], [3]] };
  await expect(nearestMean({ points, classes, about })).rejects.toThrow(
    'nearest-mean: option "about.vectors" must be left out: it is not used; got "vectors".',
  );
});
