import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { conse } from './conse.ts';
import { convexEmbeddings } from './support/convex-embeddings.ts';

const vectors = matrix(Float64Array.of(2, 0, 0, 3, 1, 1), 3, 2);

test('the embedding is the mean of unit vectors of the T most probable classes', () => {
  const probabilities = matrix(Float64Array.of(0.5, 0.3, 0.2), 1, 3);
  const one = convexEmbeddings(probabilities, vectors, 1);
  expect(Array.from(one.data)).toEqual([1, 0]);
  const two = convexEmbeddings(probabilities, vectors, 2);
  expect(two.data[0]).toBeCloseTo(0.5 / 0.8, 14);
  expect(two.data[1]).toBeCloseTo(0.3 / 0.8, 14);
  const all = convexEmbeddings(probabilities, vectors, 99);
  expect(all.data[0]).toBeCloseTo(0.5 + 0.2 * Math.SQRT1_2, 14);
});

test('of equal probabilities the first count, and none at all are nowhere', () => {
  const probabilities = matrix(Float64Array.of(0.5, 0.5, 0, 0, 0, 0), 2, 3);
  expect(Array.from(convexEmbeddings(probabilities, vectors, 1).data)).toEqual([1, 0, 0, 0]);
});

test('counts and vectors that do not fit are refused in a sentence', () => {
  const probabilities = matrix(Float64Array.of(0.5, 0.5), 1, 2);
  expect(() => convexEmbeddings(probabilities, vectors, 1)).toThrow(
    'convexEmbeddings: expected a vector for each of 2 classes; got 3.',
  );
  expect(() => convexEmbeddings(matrix(new Float64Array(3), 1, 3), vectors, 0)).toThrow(
    'option "count" must be an integer from 1 on',
  );
});

test('with one class that counts, a row scores as the meaning of its most probable class', async () => {
  const points = normalMatrix(30, 4, 1);
  const classes = Array.from({ length: 30 }, (_, i) => ['a', 'b'][i % 2]);
  const about = { names: ['a', 'b', 'c'], vectors };
  const { model } = await conse({ points, classes, about }, { count: 1 });
  const { scores } = await conse.scores(model, points);
  for (let i = 0; i < 30; i++) {
    const [a, b, c] = scores.data.subarray(3 * i, 3 * i + 3);
    expect([a, b].toSorted((x, y) => x - y)).toEqual([0, 1]);
    expect(c).toBeCloseTo(Math.SQRT1_2, 12);
  }
});

test('a class without rows is found where two others are as probable', async () => {
  const points = matrix(Float64Array.of(-1, -2, 1, 2), 4, 1);
  const about = { names: ['low', 'high', 'middle'], vectors };
  const { model } = await conse({ points, classes: ['low', 'low', 'high', 'high'], about });
  const asked = matrix(Float64Array.of(-3, 0, 3), 3, 1);
  expect((await conse.predict(model, asked)).classes).toEqual(['low', 'middle', 'high']);
  const { classes } = await conse.predict(model, asked, { among: 'unseen' });
  expect(new Set(classes)).toEqual(new Set(['middle']));
});

test('a meaning of zeros scores 0 and hinders no other', async () => {
  const points = matrix(Float64Array.of(-1, -2, 1, 2), 4, 1);
  const about = {
    names: ['low', 'high', 'nothing'],
    vectors: matrix(Float64Array.of(1, 0, 0, 1, 0, 0), 3, 2),
  };
  const { model } = await conse({ points, classes: ['low', 'low', 'high', 'high'], about });
  const { scores, names } = await conse.scores(model, points);
  expect(names[2]).toBe('nothing');
  expect([0, 1, 2, 3].map((i) => scores.data[3 * i + 2])).toEqual([0, 0, 0, 0]);
});
