import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { euclidean } from '../../manifolds/euclidean.ts';
import {
  distanceCorrelation,
  distancesBy,
  nearestAccuracy,
  stress,
  trustworthiness,
} from './geodesic-maps.ts';

const line = (...at: number[]) =>
  distancesBy(euclidean.distance, matrix(Float64Array.from(at), at.length, 1));
const DATA = line(0, 1, 2.1, 3.3, 4.6, 6);

test('a map that is the data, larger, keeps all', () => {
  const map = line(0, 2, 4.2, 6.6, 9.2, 12);
  expect(trustworthiness(DATA, map, 2)).toBe(1);
  expect(stress(DATA, map)).toBeCloseTo(0, 7);
  expect(distanceCorrelation(DATA, map)).toBeCloseTo(1, 12);
});

test('trustworthiness counts by how far false neighbors are in the data', () => {
  // The last row lies at 0.1: rows 0, 1 and the last take rank 5 for their nearest, the others rank 1.
  const map = line(0, 1, 2.1, 3.3, 4.6, 0.1);
  expect(trustworthiness(DATA, map, 1)).toBeCloseTo(1 - (2 * (4 + 4 + 4)) / (6 * (12 - 3 - 1)), 12);
});

test('stress of a map in which all pairs are equally far apart is that of the mean', () => {
  const map = { n: 3, values: Float64Array.of(0, 1, 1, 1, 0, 1, 1, 1, 0) };
  const data = line(0, 1, 3);
  // Distances 1, 2, 3 with the best constant 2: squared errors 2 of 14.
  expect(stress(data, map)).toBeCloseTo(Math.sqrt(2 / 14), 12);
});

test('votes of the nearest, ties to the nearer', () => {
  expect(nearestAccuracy(line(0, 1, 10, 11), [0, 0, 1, 1], 1)).toBe(1);
  expect(nearestAccuracy(line(0, 1, 1.5, 10), [0, 0, 1, 1], 1)).toBe(0.5);
});
