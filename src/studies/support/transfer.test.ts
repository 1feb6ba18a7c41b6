import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { nearestAccuracy, softmaxAccuracy } from './transfer.ts';

const labeled = (rows: readonly (readonly number[])[], labels: readonly number[]) => ({
  points: matrix(Float32Array.from(rows.flat()), rows.length, rows[0].length),
  labels: Int32Array.from(labels),
});

/** Two classes on a circle: about 0° and 90°. */
const known = labeled(
  [
    [1, 0],
    [2, 0.2],
    [1, -0.2],
    [0, 1],
    [0.2, 2],
    [-0.2, 1],
  ],
  [0, 0, 0, 1, 1, 1],
);

test('neighbors vote by direction, whatever the length', async () => {
  const asked = labeled(
    [
      [9, 1],
      [1, 9],
      [5, 1],
    ],
    [0, 1, 1],
  );
  expect(await nearestAccuracy(known, asked, referenceEngine, 3)).toBe(2 / 3);
});

test('among equal votes the nearest decides', async () => {
  const asked = labeled([[1, 0.9]], [0]);
  expect(await nearestAccuracy(known, asked, referenceEngine, 2)).toBe(1);
});

test('softmax regression finds a line between two classes, and a constant column does not matter', async () => {
  const wide = (rows: readonly (readonly number[])[]) => rows.map((row) => [...row, 7]);
  const fitted = labeled(
    wide([
      [1, 0],
      [2, 0.2],
      [0, 1],
      [0.2, 2],
    ]),
    [0, 0, 1, 1],
  );
  const asked = labeled(
    wide([
      [3, 1],
      [1, 3],
      [3, 2],
    ]),
    [0, 1, 1],
  );
  expect(await softmaxAccuracy(fitted, asked, referenceEngine)).toBeCloseTo(2 / 3, 12);
});
