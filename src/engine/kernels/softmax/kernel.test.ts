import { expect, test } from 'vitest';
import { copied, type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { engineFamilies, onEachKind } from '../../../testing/engines.ts';
import { fromRows } from '../../../testing/points.ts';
import { UNIT_F32 } from '../../../testing/tolerances.ts';
import { referenceEngine } from '../../reference.ts';

const families = engineFamilies();

function logits(n: number, c: number): Matrix<Float32Array> {
  const random = Random.fromSeed(n + c);
  const data = Float32Array.from({ length: n * c }, () => 6 * random.normal());
  for (let i = 0; i < n; i += 5) data[i * c] = 500;
  for (let i = 1; i < n; i += 7) if (c > 1) data[i * c + (i % c)] = -Infinity;
  return matrix(data, n, c);
}

// The last is long enough to be shared among threads.
test.each([
  [1, 1],
  [3, 2],
  [7, 4],
  [40, 17],
  [300, 33],
  [700, 260],
])('agrees with the reference on %i × %i', async (n, c) => {
  const results = await onEachKind(families, async (engine) => {
    const rows = copied(logits(n, c));
    return { sums: await engine.softmaxInPlace(rows), shares: rows.data };
  });
  const wanted = toFloat64(logits(n, c));
  const wantedSums = await referenceEngine.softmaxInPlace(wanted);
  for (const { sums, shares } of results) {
    // A share is off by the rounding of x − max, at most 2⁻²⁴ of their distance, of the power and of two products;
    // below e⁻⁸⁷ it is zero.
    wanted.data.forEach((share, e) => {
      const tolerance = share * UNIT_F32 * (8 - Math.log(Math.max(share, 1e-38))) + 2e-38;
      if (!(Math.abs(shares[e] - share) <= tolerance)) expect(shares[e]).toBe(share);
    });
    wantedSums.forEach((sum, i) => {
      // The powers' errors; with −∞ and one column the sum is −∞ nowhere here.
      expect(Math.abs(sums[i] - sum)).toBeLessThanOrEqual(64 * UNIT_F32);
    });
  }
});

test('a row of equal numbers has equal shares and the sum x + log c', async () => {
  for (const engine of [...families.flat(), referenceEngine]) {
    const rows = matrix(new Float32Array(10).fill(3), 2, 5);
    const sums = await engine.softmaxInPlace(rows);
    for (const share of rows.data) expect(share).toBeCloseTo(0.2, 7);
    for (const sum of sums) expect(sum).toBeCloseTo(3 + Math.log(5), 14);
  }
});

test('−∞ has no share; a row with NaN or ∞, or of −∞ alone, becomes NaN', async () => {
  const given = [
    [0, -Infinity, 0, 0, 0, 0],
    [0, NaN, 0, 0, 0, 1],
    [0, 1, Infinity, 0, 0, 0],
    new Array(6).fill(-Infinity),
  ];
  for (const engine of [...families.flat(), referenceEngine]) {
    const rows = matrix(Float32Array.from(fromRows(given).data), 4, 6);
    const sums = await engine.softmaxInPlace(rows);
    expect(rows.data[1]).toBe(0);
    expect(rows.data[0]).toBeCloseTo(0.2, 7);
    for (const share of rows.data.subarray(6)) expect(share).toBeNaN();
    for (const sum of sums.subarray(1)) expect(sum).toBeNaN();
  }
});
