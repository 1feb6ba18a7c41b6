import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { sliced } from './sliced.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';
import { greatCircles } from './support/random-directions.ts';

/** W₂² to uniform on a circle of circumference 1 (Bonet et al.), from the angles of the points. */
function circularWasserstein(angles: readonly number[]): number {
  const n = angles.length;
  const u = angles.map((a) => (a + Math.PI) / (2 * Math.PI)).toSorted((a, b) => a - b);
  const mean = u.reduce((s, v) => s + v, 0) / n;
  const square = u.reduce((s, v) => s + v * v, 0) / n;
  const order = u.reduce((s, v, k) => s + (n - 1 - 2 * k) * v, 0) / n ** 2;
  return square - mean ** 2 + order + 1 / 12;
}

/** The mean of W₂² over the circles of this seed, by the closed form. */
function byClosedForm(points: Matrix, circles: number, seed: number): number {
  const { data: x, rows: n, cols: d } = points;
  const planes = greatCircles(circles, points, Random.fromSeed(seed)).data;
  const dot = (i: number, r: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += x[i * d + c] * planes[r * d + c];
    return sum;
  };
  let mean = 0;
  for (let l = 0; l < circles; l++) {
    const angles = Array.from({ length: n }, (_, i) =>
      Math.atan2(dot(i, 2 * l + 1), dot(i, 2 * l)),
    );
    mean += circularWasserstein(angles) / circles;
  }
  return mean;
}

describe('slicedWasserstein', () => {
  test('is the closed form of Bonet et al., exactly affine in the sliced loss', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(1000),
        async (n, d, seed) => {
          const points = uniformRows(n, d, seed);
          const own = await slicedWasserstein(points, { circles: 4 }, { seed });
          expect(own.loss).toBeCloseTo(byClosedForm(points, 4, seed), 13);
          const other = await sliced(points, { circles: 4 }, { seed });
          expect(own.loss).toBeCloseTo(other.loss / (2 * Math.PI ** 2) + 1 / (12 * n * n), 14);
          for (let i = 0; i < own.gradient.data.length; i++) {
            const expected = other.gradient.data[i] / (2 * Math.PI ** 2);
            expect(own.gradient.data[i]).toBeCloseTo(expected, 14);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
  test('of an n-gon on the circle is 1/(12n²), of coincident points 1/12', async () => {
    const square = fromRows([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
    expect((await slicedWasserstein(square)).loss).toBeCloseTo(1 / 192, 14);
    const clump = fromRows([
      [0.6, 0.8],
      [0.6, 0.8],
      [0.6, 0.8],
    ]);
    expect((await slicedWasserstein(clump)).loss).toBeCloseTo(1 / 12, 14);
    expect((await slicedWasserstein(fromRows([[1, 0]]))).loss).toBeCloseTo(1 / 12, 14);
  });
  test('refuses points in one dimension', async () => {
    await expect(slicedWasserstein(fromRows([[1], [-1]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(slicedWasserstein.bind({ circles: 3, cap: 1e9 }), {
    rotationInvariant: false,
    taylor: { n: 5, d: 4, seed: 3 },
  });
});
