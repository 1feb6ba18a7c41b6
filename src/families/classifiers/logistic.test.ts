import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { logistic } from './logistic.ts';

test('a column of two values has the shares of its classes, where there is hardly a penalty', async () => {
  const points = matrix(Float64Array.of(0, 0, 0, 1, 1, 1, 1), 7, 1);
  const classes = ['a', 'a', 'b', 'a', 'b', 'b', 'b'];
  const { model } = await logistic({ points, classes }, { penalty: 1e-9 });
  const { scores } = await logistic.scores(model, matrix(Float64Array.of(0, 1), 2, 1));
  for (const [e, share] of [2 / 3, 1 / 3, 1 / 4, 3 / 4].entries())
    expect(scores.data[e]).toBeCloseTo(share, 6);
});

test('scaling columns leaves the probabilities as they are, and so does moving them', async () => {
  const points = normalMatrix(60, 3, 1);
  const classes = Array.from({ length: 60 }, (_, i) => `${(i * 7) % 3}`);
  const moved = matrix(
    points.data.map((x, e) => x * [1, 100, 0.01][e % 3] + [0, 5, -9][e % 3]),
    60,
    3,
  );
  const before = (await logistic.scores((await logistic({ points, classes })).model, points))
    .scores;
  const after = (await logistic.scores((await logistic({ points: moved, classes })).model, moved))
    .scores;
  // The optimum is found to 1e-6 of the weights.
  for (const [e, share] of after.data.entries()) expect(share).toBeCloseTo(before.data[e], 5);
});

test('separable classes, constant columns and fewer rows than columns are no trouble', async () => {
  const points = matrix(Float64Array.of(0, 5, 1, 0, 5, 2, 1, 5, 9, 1, 5, 8), 4, 3);
  const { model, warnings } = await logistic({ points, classes: ['a', 'a', 'b', 'b'] });
  expect(warnings).toEqual([]);
  expect((await logistic.predict(model, points)).classes).toEqual(['a', 'a', 'b', 'b']);
  const constant = model.parameters.find(({ name }) => name === 'weights');
  expect([constant?.data[1], constant?.data[4]]).toEqual([0, 0]);
  const wide = normalMatrix(4, 30, 2);
  const fitted = await logistic({ points: wide, classes: ['a', 'b', 'c', 'a'] });
  expect((await logistic.predict(fitted.model, wide)).classes).toEqual(['a', 'b', 'c', 'a']);
});

test('as many classes as rows, and rows that contradict one another, have an optimum', async () => {
  const points = matrix(Float64Array.of(1, 1), 2, 1);
  const { model } = await logistic({ points, classes: ['a', 'b'] });
  const { scores } = await logistic.scores(model, points);
  expect(Array.from(scores.data)).toEqual([0.5, 0.5, 0.5, 0.5]);
});
