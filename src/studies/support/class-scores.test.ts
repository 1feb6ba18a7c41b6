import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { parameter } from '../../learning/index.ts';
import { classScores, largestPlaces, largestScores, shareNamed } from './class-scores.ts';

const rows = matrix(Float32Array.of(3, 4, 0, -2), 2, 2);

test('scores of fixed vectors are cosines', () => {
  const model = {
    kind: 'classifier',
    settings: { classes: ['x', 'y'], vectors: [1, 0, 0, 1] },
    parameters: [],
  };
  const scores = classScores(model, rows);
  expect(Array.from(scores.data)).toEqual([0.6, 0.8, 0, -1]);
  expect(largestPlaces(scores)).toEqual(Int32Array.of(1, 0));
  expect(largestScores(scores)).toEqual(Float64Array.of(0.8, 0));
  expect(shareNamed(model, scores, ['y', 'y'])).toBe(0.5);
});

test('scores of a linear layer are probabilities', () => {
  const model = {
    kind: 'classifier',
    settings: { classes: ['x', 'y'], vectors: [] },
    parameters: [
      parameter('head.weight', Float32Array.of(0, 0, 0, 0), [2, 2]),
      parameter('head.bias', Float32Array.of(Math.log(3), 0), [2]),
    ],
  };
  const { data } = classScores(model, rows);
  for (const [i, share] of [0.75, 0.25, 0.75, 0.25].entries())
    expect(data[i]).toBeCloseTo(share, 6);
});
