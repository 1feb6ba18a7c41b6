import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { leastSquaresProbe } from './least-squares-probe.ts';

const labeled = (rows: readonly (readonly number[])[], labels: readonly number[]) => ({
  points: matrix(Float64Array.from(rows.flat()), rows.length, rows[0].length),
  labels: Int32Array.from(labels),
});

test('tells classes that a line tells, wherever they lie', () => {
  const known = labeled([[10], [11], [14], [15]], [0, 0, 1, 1]);
  expect(leastSquaresProbe(known, labeled([[9], [12.4], [12.6], [20]], [0, 0, 1, 1]))).toBe(1);
});

test('a class in the middle of one column is masked: least squares cannot see it', () => {
  const known = labeled([[0], [1], [2], [3], [4], [5]], [0, 0, 1, 1, 2, 2]);
  expect(leastSquaresProbe(known, labeled([[0], [2.6], [5]], [0, 1, 2]))).toBeCloseTo(2 / 3, 12);
});

test('a column twice changes nothing', () => {
  const known = labeled([[0], [1], [4], [5], [3]], [0, 0, 1, 1, 0]);
  const twice = labeled(
    [
      [0, 0],
      [1, 1],
      [4, 4],
      [5, 5],
      [3, 3],
    ],
    [0, 0, 1, 1, 0],
  );
  const asked = [[0.5], [2.9], [3.6], [4.2]];
  const labels = [0, 0, 1, 1];
  const wide = labeled(
    asked.map(([x]) => [x, x]),
    labels,
  );
  expect(leastSquaresProbe(twice, wide)).toBe(leastSquaresProbe(known, labeled(asked, labels)));
});
