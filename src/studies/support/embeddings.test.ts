import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/index.ts';
import {
  accuracyByMeans,
  meanDistance,
  principalComponents,
  throughBytes,
  unitLength,
} from './embeddings.ts';

test('rows become unit rows, and zeros stay', () => {
  const { data } = unitLength(matrix(Float64Array.of(3, 4, 0, 0), 2, 2));
  expect(Array.from(data)).toEqual([0.6, 0.8, 0, 0]);
});

test('a byte a number is off by half a step at most, the largest number not at all', () => {
  const values = Float64Array.from({ length: 60 }, () => 0);
  Random.fromSeed(1).normals(values);
  const rows = matrix(values, 6, 10);
  const { data } = throughBytes(rows);
  for (let i = 0; i < 6; i++) {
    const own = values.subarray(i * 10, (i + 1) * 10);
    const largest = Math.max(...own.map(Math.abs));
    own.forEach((value, c) => {
      const error = Math.abs(data[i * 10 + c] - value);
      expect(error).toBeLessThan(largest / 254 + 1e-12);
      if (Math.abs(value) === largest) expect(error).toBeLessThan(1e-12);
    });
  }
});

test('principal components keep the distances of rows in a plane', async () => {
  const random = Random.fromSeed(2);
  const data = new Float64Array(20 * 5);
  for (let i = 0; i < 20; i++) {
    const [a, b] = [random.normal(), random.normal()];
    [a, b, a + b, a - b, 7].forEach((value, c) => {
      data[i * 5 + c] = value;
    });
  }
  const rows = matrix(data, 20, 5);
  const project = await principalComponents(rows, 2, {
    engine: referenceEngine,
    signal: undefined,
  });
  const projected = project(rows);
  const distance = (of: typeof projected, i: number) =>
    Math.hypot(...Array.from({ length: of.cols }, (_, c) => of.data[c] - of.data[i * of.cols + c]));
  for (let i = 1; i < 20; i++) expect(distance(projected, i)).toBeCloseTo(distance(rows, i), 10);
});

test('the mean distance is that over all pairs', () => {
  expect(meanDistance(matrix(Float64Array.of(0, 1, 3), 3, 1))).toBe((1 + 3 + 2) / 3);
});

test('class means classify by inner products', () => {
  const known = matrix(Float64Array.of(1, 0, 3, 0, 0, 1), 3, 2);
  const asked = matrix(Float64Array.of(1, 0, 0, 1, 1, 1.5), 3, 2);
  // Means (2, 0) and (0, 1); the last row has products 2 and 1.5.
  const accuracy = accuracyByMeans(known, Int32Array.of(5, 5, 7), asked, Int32Array.of(5, 7, 7));
  expect(accuracy).toBe(2 / 3);
});
