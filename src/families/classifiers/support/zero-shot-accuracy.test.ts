import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { calibrationOf, classHits, classHubs, generalizedAccuracy } from './zero-shot-accuracy.ts';

/** Two seen classes and two unseen; rows of scores. */
const scored = (...rows: number[][]) => ({
  names: ['a', 'b', 'x', 'y'],
  seen: 2,
  scores: matrix(Float64Array.from(rows.flat()), rows.length, 4),
});

test('a hit is a class among the k of largest score, and classes count alike whatever rows they have', () => {
  const found = scored([9, 0, 3, 2], [9, 0, 3, 2], [9, 0, 1, 2]);
  const classes = ['x', 'x', 'x'];
  expect(classHits(found, classes, { among: 'unseen' }).value).toBeCloseTo(2 / 3, 15);
  expect(classHits(found, classes).value).toBe(0);
  expect(classHits(found, classes, { k: 2 }).value).toBeCloseTo(2 / 3, 15);
  const uneven = classHits(found, ['x', 'x', 'y'], { among: 'unseen' });
  expect(uneven.value).toBe(1);
});

test('of equal scores the first class is the best', () => {
  const found = scored([1, 1, 1, 1]);
  expect(classHits(found, ['a']).value).toBe(1);
  expect(classHits(found, ['b']).value).toBe(0);
});

test('what is taken off seen classes turns rows to the unseen ones', () => {
  const found = scored([5, 0, 1, 0], [0, 5, 1, 0], [4, 0, 3, 0], [4, 0, 0, 3]);
  const classes = ['a', 'b', 'x', 'y'];
  const plain = generalizedAccuracy(found, classes);
  expect([plain.seen.value, plain.unseen.value, plain.harmonicMean]).toEqual([1, 0, 0]);
  const gamma = calibrationOf(found, classes);
  expect(gamma).toBe(2.5);
  const stacked = generalizedAccuracy(found, classes, gamma);
  expect([stacked.seen.value, stacked.unseen.value, stacked.harmonicMean]).toEqual([1, 1, 1]);
});

test('the calibration is as good as the best of all that could be tried', () => {
  const random = Random.fromSeed(7);
  const rows = Array.from({ length: 60 }, () => Array.from({ length: 4 }, () => random.normal()));
  const found = scored(...rows);
  const classes = rows.map((_, i) => found.names[i % 4]);
  const meanAt = (gamma: number) => generalizedAccuracy(found, classes, gamma).harmonicMean;
  const tried = Array.from({ length: 2001 }, (_, t) => meanAt(t / 200 - 5));
  expect(meanAt(calibrationOf(found, classes))).toBeGreaterThanOrEqual(Math.max(...tried));
});

test('a class that is the best for all is a hub', () => {
  const even = scored([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]);
  expect(classHubs(even)).toEqual({ counts: Int32Array.of(1, 1, 1, 1), skewness: 0 });
  const hub = scored([1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]);
  expect(classHubs(hub).skewness).toBeGreaterThan(1);
});

test('classes without scores, and nothing unseen, are refused in a sentence', () => {
  expect(() => classHits(scored([1, 0, 0, 0]), ['z'])).toThrow('the class "z" has no scores.');
  expect(() => classHits(scored([1, 0, 0, 0]), [])).toThrow('expected a class for each of 1 rows');
  const { scores } = scored([1, 0, 0, 0]);
  expect(() =>
    generalizedAccuracy({ names: ['a', 'b', 'c', 'd'], seen: 4, scores }, ['a']),
  ).toThrow('the model knows of no other classes');
});
