import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { drawOfEachClass, fewLabelProbe } from './few-labels.ts';

test('a draw has as many rows of each class as asked for, or all there are', () => {
  const labels = Int32Array.of(0, 0, 0, 1, 1, 2);
  const drawn = drawOfEachClass(labels, 2, Random.fromSeed(1));
  const counts = [0, 1, 2].map((c) => drawn.filter((i) => labels[i] === c).length);
  expect(counts).toEqual([2, 2, 1]);
});

test('one label a class is enough where classes are far apart', () => {
  const points = matrix(Float64Array.of(9, 0, 9, 1, 0, 9, 1, 9), 4, 2);
  const labels = Int32Array.of(0, 0, 1, 1);
  expect(fewLabelProbe({ points, labels }, { points, labels })([0, 2])).toBe(1);
  const swapped = { points, labels: Int32Array.of(1, 1, 0, 0) };
  expect(fewLabelProbe({ points, labels }, swapped)([0, 2])).toBe(0);
});

test('the scale of a column and a constant column do not count', () => {
  const labels = Int32Array.of(0, 0, 1, 1, 0, 1);
  const values = [1, 0.3, 2, -0.4, -1, 0.1, -2, 0.2, 0.1, -3, 0.2, 3];
  const points = matrix(Float64Array.from(values), 6, 2);
  const other = matrix(
    Float64Array.from({ length: 18 }, (_, e) =>
      e % 3 === 2 ? 5 : values[Math.floor(e / 3) * 2 + (e % 3)] * (e % 3 ? 1000 : 1),
    ),
    6,
    3,
  );
  const accuracy = (rows: typeof points) =>
    fewLabelProbe({ points: rows, labels }, { points: rows, labels })([0, 2, 4]);
  expect(accuracy(other)).toBe(accuracy(points));
});
