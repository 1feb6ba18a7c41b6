import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, rotation, turned, uniformRows } from '../../testing/points.ts';
import { sliced } from './sliced.ts';
import { greatCircles } from './support/random-directions.ts';

/** Points of the unit circle at these angles. */
const atAngles = (angles: readonly number[]): Matrix<Float64Array> =>
  fromRows(angles.map((a) => [Math.cos(a), Math.sin(a)]));

describe('sliced', () => {
  test('of an even n-gon on the circle is zero, without force', async () => {
    for (const n of [1, 2, 3, 8]) {
      const ring = atAngles(Array.from({ length: n }, (_, k) => 0.4 + (2 * Math.PI * k) / n));
      const { loss, gradient } = await sliced(ring);
      expect(loss).toBeLessThan(1e-28);
      for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-14);
    }
  });
  test('of coincident points on the circle is (π²/6)(1 − 1/n²)', async () => {
    // Half the mean of φ_k² over k.
    for (const n of [2, 3, 10]) {
      const { loss } = await sliced(atAngles(Array.from({ length: n }, () => 1.1)));
      expect(loss).toBeCloseTo((Math.PI ** 2 / 6) * (1 - 1 / n ** 2), 12);
    }
  });
  test('takes the best phase and the best assignment: brute force finds no better one', async () => {
    const turn = 2 * Math.PI;
    const apart = (a: number, b: number) => {
      const gap = (((a - b) % turn) + turn) % turn;
      return Math.min(gap, turn - gap);
    };
    const permutations = (k: number): number[][] =>
      k === 0
        ? [[]]
        : permutations(k - 1).flatMap((p) =>
            p.concat(k - 1).map((_, i) => p.toSpliced(i, 0, k - 1)),
          );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.nat(1000), async (n, seed) => {
        const random = Random.fromSeed(seed);
        const angles = Array.from({ length: n }, () => turn * random.uniform() - Math.PI);
        const { loss } = await sliced(atAngles(angles), { circles: 1 });
        let best = Infinity;
        for (const p of permutations(n)) {
          for (let phase = 0; phase < 400; phase++) {
            const shift = (turn * phase) / 400;
            const cost = angles.reduce(
              (s, a, i) => s + apart(a, (turn * p[i]) / n + shift) ** 2,
              0,
            );
            best = Math.min(best, cost / (2 * n));
          }
        }
        expect(loss).toBeLessThanOrEqual(best + 1e-12);
        expect(best - loss).toBeLessThan((turn / 800) ** 2); // the grid of phases
      }),
      { numRuns: 15 },
    );
  });
  test('does not depend on where the circle is cut', async () => {
    for (const angle of [0.3, 1.7, 3]) {
      const q = fromRows([
        [Math.cos(angle), -Math.sin(angle)],
        [Math.sin(angle), Math.cos(angle)],
      ]);
      const points = uniformRows(9, 2, 4);
      const { loss } = await sliced(points, { circles: 1 });
      expect((await sliced(turned(points, q), { circles: 1 })).loss).toBeCloseTo(loss, 12);
    }
  });
  test('is rotation invariant in the mean: two rotations of a set agree over many circles', async () => {
    const points = uniformRows(12, 4, 1);
    const one = await sliced(points, { circles: 3000 });
    const other = await sliced(turned(points, rotation(4, 2)), { circles: 3000 }, { seed: 1 });
    expect(other.loss / one.loss).toBeCloseTo(1, 1);
  });
  test('averages its circles', async () => {
    const points = uniformRows(7, 5, 1);
    const { loss } = await sliced(points, { circles: 3 }, { seed: 6 });
    const planes = greatCircles(3, points, Random.fromSeed(6));
    let mean = 0;
    for (let l = 0; l < 3; l++) {
      const pair = { data: planes.data.subarray(10 * l, 10 * l + 10), rows: 2, cols: 5 };
      const projections = await referenceEngine.matmul(points, pair, true);
      mean += (await referenceEngine.circleSpacingInPlace(projections, Infinity)) / 3;
    }
    expect(loss).toBeCloseTo(mean, 13);
  });
  test('bounds the force of points across the plane by the cap', async () => {
    // Three points almost on the axis of the circle, 1e-6 from it.
    const projections = fromRows([
      [1e-6, 0],
      [0, 1e-6],
      [1e-6, 1e-6],
      [1, 0],
    ]);
    const free = { ...projections, data: projections.data.slice() };
    await referenceEngine.circleSpacingInPlace(free, Infinity);
    const capped = { ...projections, data: projections.data.slice() };
    await referenceEngine.circleSpacingInPlace(capped, 10);
    const largest = (m: Matrix) => Math.max(...Array.from(m.data, Math.abs));
    expect(largest(free)).toBeGreaterThan(1e5);
    expect(largest(capped)).toBeLessThan(10 * Math.PI);
    expect(capped.data[7]).toBe(free.data[7]); // well inside the plane: untouched
  });
  test('circles are orthonormal pairs', () => {
    const d = 6;
    const { data, rows } = greatCircles(20, uniformRows(1, d, 0), Random.fromSeed(1));
    for (let l = 0; l < rows / 2; l++) {
      const at = (r: number, c: number) => data[(2 * l + r) * d + c];
      const inner = (a: number, b: number) =>
        Array.from({ length: d }, (_, c) => at(a, c) * at(b, c)).reduce((s, v) => s + v, 0);
      expect(inner(0, 0)).toBeCloseTo(1, 14);
      expect(inner(1, 1)).toBeCloseTo(1, 14);
      expect(inner(0, 1)).toBeCloseTo(0, 14);
    }
  });
  test('refuses points in one dimension', async () => {
    await expect(sliced(fromRows([[1], [-1]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(sliced.bind({ circles: 3, cap: 1e9 }), {
    rotationInvariant: false,
    taylor: { n: 5, d: 4, seed: 3 },
  });
});
