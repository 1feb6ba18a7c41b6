import { expect, test } from 'vitest';
import { matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { transposed } from '../../core/transposed.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { centered } from '../../numerics/rows/centered.ts';
import {
  normalMatrix,
  orthogonalityDefect,
  product,
  scaledColumns,
} from '../../testing/matrices.ts';
import { principalAxes } from './principal-axes.ts';
import { randomizedAxes } from './randomized-axes.ts';

/** Rows whose variances fall by the column. */
const falling = (n: number, d: number) =>
  centered(
    scaledColumns(
      normalMatrix(n, d, 5),
      Array.from({ length: d }, (_, c) => 1 / (1 + c)),
    ),
  );

test('fewer rows than columns: XXᵀ gives the eigenvalues and axes that XᵀX has', async () => {
  const points = falling(12, 30);
  const { values, vectors, total } = await principalAxes(points, 11, referenceEngine);
  expect(orthogonalityDefect(transposed(vectors))).toBeLessThan(1e-12);
  // XᵀX v = nλv.
  const moved = product(product(vectors, points, true), points);
  moved.data.forEach((x, e) => {
    expect(x / 12).toBeCloseTo(values[Math.floor(e / 30)] * vectors.data[e], 12);
  });
  expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 12);
});

test('an axis has its first largest element positive; beyond the rank it is 0', async () => {
  const line = matrix(Float64Array.of(-2, 1, 2, -1, -4, 2, 4, -2), 4, 2);
  const { values, vectors } = await principalAxes(line, 2, referenceEngine);
  expect(values[1]).toBe(0);
  expect(vectors.data[0]).toBeCloseTo(2 / Math.sqrt(5), 14);
  expect([...vectors.data.subarray(2)]).toEqual([0, 0]);
});

test('a sketch says how far it is off: within the residual of each value lies an eigenvalue', async () => {
  const points = falling(80, 60);
  const exact = await principalAxes(points, 60, referenceEngine);
  const off: number[] = [];
  for (const iterations of [0, 1, 6]) {
    const random = Random.fromSeed(3);
    const found = await randomizedAxes(points, 4, { engine: referenceEngine, random, iterations });
    const residual = found.residual ?? Number.NaN;
    for (const value of found.values) {
      const nearest = Math.min(...exact.values.map((other) => Math.abs(other - value)));
      expect(nearest).toBeLessThanOrEqual(residual * exact.values[0] * (1 + 1e-9) + 1e-15);
    }
    off.push(residual);
  }
  expect(off[0]).toBeGreaterThan(1e-3);
  expect(off[2]).toBeLessThan(1e-6);
});

test('a sketch in float32 finds the same axes, and more directions than the rows have are 0', async () => {
  const engine = await chooseEngine('wasm', { threads: 1 });
  const flat = product(normalMatrix(50, 3, 1), normalMatrix(40, 3, 2), true);
  const points = toFloat32(centered(flat));
  const exact = await principalAxes(points, 5, engine);
  const random = Random.fromSeed(1);
  const found = await randomizedAxes(points, 5, { engine, random, iterations: 2 });
  await engine.dispose();
  expect([...found.values.subarray(3)]).toEqual([0, 0]);
  found.vectors.data.subarray(0, 3 * 40).forEach((x, e) => {
    expect(Math.abs(x - exact.vectors.data[e])).toBeLessThan(1e-5);
  });
});
