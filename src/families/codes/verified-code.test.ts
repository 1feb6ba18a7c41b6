import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { smallestAngle } from './certificate/smallest-angle.ts';
import { constructionFor } from './constructions/index.ts';
import { scatter } from './solver/moves.ts';
import { verifiedCode } from './verified-code.ts';

const points = (n: number, d: number) =>
  constructionFor(n, d)?.points ?? matrix(new Float64Array(0), 0, 0);

test('sharp configurations from coordinates alone are proven, in float64 and float32', async () => {
  for (const [n, d] of [
    [12, 3],
    [27, 6],
    [56, 7],
    [240, 8],
  ]) {
    for (const table of [points(n, d), toFloat32(points(n, d))]) {
      const certificate = await verifiedCode(table);
      expect(certificate.provenOptimal, `${n} in ${d}, ${table.data.constructor.name}`).toBe(true);
      expect(certificate.start).toBe('file');
    }
  }
});

test('whole-number rows of any length have an exact angle', async () => {
  const table = matrix(Float64Array.of(3, 0, 0, 0, 5, 0, 1, 1, 0), 3, 3);
  const certificate = await verifiedCode(table);
  expect(certificate.check).toBe('exact');
  expect(certificate.minAngleLowDeg).toBeLessThanOrEqual(45);
  expect(certificate.minAngleHighDeg).toBeGreaterThanOrEqual(45);
  expect(certificate.minAngleHighDeg - certificate.minAngleLowDeg).toBeLessThan(1e-13);
  expect(certificate.contacts).toBe(2);
});

test('the enclosure holds the angle that high precision gives, for random rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (seed) => {
      const data = new Float64Array(60);
      scatter(data, { d: 3, frozen: 0, diameter: 1 }, Random.fromSeed(seed));
      const { lowDeg, highDeg, pair } = await smallestAngle(matrix(data, 20, 3));
      const [x, y] = pair.map((i) => data.subarray(3 * i, 3 * i + 3));
      const sine = Math.hypot(
        x[1] * y[2] - x[2] * y[1],
        x[2] * y[0] - x[0] * y[2],
        x[0] * y[1] - x[1] * y[0],
      );
      const angle = (Math.atan2(sine, x[0] * y[0] + x[1] * y[1] + x[2] * y[2]) * 180) / Math.PI;
      expect(angle).toBeGreaterThan(lowDeg - 1e-12);
      expect(angle).toBeLessThan(highDeg + 1e-12);
      expect(highDeg - lowDeg).toBeLessThan(1e-12);
    }),
    { numRuns: 15 },
  );
});

test('lengths and orders of rows do not matter', async () => {
  const base = points(27, 6);
  const scaled = matrix(
    base.data.map((v, k) => v * 2 ** (Math.floor(k / 6) % 5)),
    27,
    6,
  );
  const [a, b] = [await verifiedCode(base), await verifiedCode(scaled)];
  expect(b.minAngleLowDeg).toBe(a.minAngleLowDeg);
  expect(b.contacts).toBe(a.contacts);
});

test('duplicates have the angle 0, antipodes 180°', async () => {
  const twins = await verifiedCode(matrix(Float64Array.of(1, 2, 2, 4), 2, 2));
  expect(twins.minAngleDeg).toBe(0);
  const poles = await verifiedCode(matrix(Float64Array.of(1, 2, -2, -4), 2, 2));
  expect(poles.minAngleHighDeg).toBe(180);
  expect(poles.provenOptimal).toBe(true);
});

test('a row of zeros, one row and one column get a sentence', async () => {
  await expect(verifiedCode(matrix(new Float64Array(6), 2, 3))).rejects.toThrow(InputError);
  await expect(verifiedCode(matrix(Float64Array.of(1, 0), 1, 2))).rejects.toThrow(ShapeError);
  await expect(verifiedCode(matrix(Float64Array.of(1, -1), 2, 1))).rejects.toThrow(ShapeError);
});
