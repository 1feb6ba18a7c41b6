import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { type Directions, projected, spaceMark } from '../../structures/directions/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { projection } from './projection.ts';

const points = normalMatrix(12, 4, 1);
const space = spaceMark(points);
const slanted = matrix(Float64Array.of(0.6, 0.8, 0, 0, 1, 0, 0, 0), 2, 4);

const directionsOf = (basis: Directions['basis']): Directions => ({
  basis,
  names: Array.from({ length: basis.rows }, (_, k) => `${k}`),
  origin: space.mean,
  draws: matrix(new Float64Array(0), 0, 4),
  space,
  provenance: { method: 'given', options: {}, rows: 12, facts: {} },
});

test('rows have no part along any of the directions, which need not be orthogonal', async () => {
  const directions = directionsOf(slanted);
  const { model, rank } = await projection({ points, directions });
  const erased = await projection.transform(model, points);
  expect(rank).toBe(2);
  for (const x of projected(directions, erased).data) expect(x).toBeCloseTo(0, 12);
  for (let i = 0; i < 12; i++) expect(erased.data[i * 4 + 3]).toBe(points.data[i * 4 + 3]);
});

test('a direction given twice counts once', async () => {
  const twice = matrix(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0), 2, 4);
  expect((await projection({ points, directions: directionsOf(twice) })).rank).toBe(1);
});

test('not centered, rows become orthogonal to the directions', async () => {
  const directions = directionsOf(slanted);
  const { model } = await projection({ points, directions }, { centered: false });
  const { data } = await projection.transform(model, points);
  for (let i = 0; i < 12; i++) {
    expect(data[i * 4]).toBeCloseTo(0, 12);
    expect(data[i * 4 + 1]).toBeCloseTo(0, 12);
  }
});

test('directions of a space of other size are refused', async () => {
  const narrow = normalMatrix(12, 3, 1);
  await expect(projection({ points: narrow, directions: directionsOf(slanted) })).rejects.toThrow(
    'projection: the directions are of a space of 4 columns; the rows have 3.',
  );
});
