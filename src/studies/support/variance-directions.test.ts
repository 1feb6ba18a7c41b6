import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { alongDirections, varianceDirections } from './variance-directions.ts';

test('coordinates along all directions keep the distances, along the first the larger ones', async () => {
  const engine = referenceEngine;
  const points = matrix(Float32Array.of(4, 1, 0, 1, 2, 2, 2, 0), 4, 2);
  const directions = await varianceDirections(points, engine);
  expect([...directions.values].map((value) => value.toFixed(6))).toEqual(['2.000000', '0.500000']);
  const { data } = await alongDirections(points, directions, 2, engine);
  const distance = (x: ArrayLike<number>, i: number, j: number) =>
    Math.hypot(x[2 * i] - x[2 * j], x[2 * i + 1] - x[2 * j + 1]);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < i; j++)
      expect(distance(data, i, j)).toBeCloseTo(distance(points.data, i, j), 5);
  const first = await alongDirections(points, directions, 1, engine);
  expect([...first.data].map(Math.abs)).toEqual([2, 2, 0, 0]);
});
