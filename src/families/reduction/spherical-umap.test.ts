import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { distanceOf } from '../../testing/maps.ts';
import { sphericalUmap } from './spherical-umap.ts';
import { umap } from './umap.ts';

/** Rows of the sphere, wide: the angles between them are known. */
function globe(n: number): Matrix<Float64Array> {
  const { data, rows, cols } = uniformPoints(n, 3, Random.fromSeed(6));
  return matrix(Float64Array.from(data), rows, cols);
}

/** √(Σ (s·d(yᵢ, yⱼ) − θ_ij)²/Σ θ_ij²) with the best s, over all pairs. */
function stressBeside(points: Matrix, distance: (i: number, j: number) => number): number {
  let [cross, own, known] = [0, 0, 0];
  for (let i = 0; i < points.rows; i++)
    for (let j = 0; j < i; j++) {
      const angle = angleOfChord(distanceOf(points, i, j));
      const d = distance(i, j);
      cross += d * angle;
      own += d * d;
      known += angle * angle;
    }
  return Math.sqrt(1 - (cross * cross) / (own * known));
}

test('rows of a sphere keep their angles better than in the plane', async () => {
  const points = globe(300);
  const { points: round } = await sphericalUmap(points, {});
  const { points: flat } = await umap(points, {});
  const onSphere = stressBeside(points, (i, j) => angleOfChord(distanceOf(round, i, j)));
  const inPlane = stressBeside(points, (i, j) => distanceOf(flat, i, j));
  expect(onSphere).toBeLessThan(0.5 * inPlane);
});

test('every row of the map has length 1, placed ones too', async () => {
  const points = globe(80);
  const { points: map, model } = await sphericalUmap(points, { epochs: 40 });
  const placed = await sphericalUmap.transform(model, points);
  for (const { data, rows } of [map, placed])
    for (let i = 0; i < rows; i++)
      expect(Math.hypot(...data.subarray(3 * i, 3 * i + 3))).toBeCloseTo(1, 12);
});

test('a fitted row that is placed anew lands near where it lies', async () => {
  const points = globe(200);
  const { points: map, model } = await sphericalUmap(points, {});
  const placed = await sphericalUmap.transform(model, points);
  const off = Array.from({ length: 200 }, (_, i) => distanceOf(map, i, i, placed)).sort(
    (a, b) => a - b,
  );
  // 200 rows share the area 4π: their spacing is about √(4π/200).
  const spacing = Math.sqrt((4 * Math.PI) / 200);
  expect(off[100]).toBeLessThan(spacing / 2);
  expect(off[190]).toBeLessThan(spacing);
});

test('one column is no sphere', async () => {
  await expect(sphericalUmap(globe(20), { dim: 1 })).rejects.toThrow(/dim.*2 or more/);
});
