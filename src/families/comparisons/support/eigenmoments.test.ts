import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { normalMatrix } from '../../../testing/matrices.ts';
import { eigenmoments } from './eigenmoments.ts';

/** x less the means of its row and column among the others, so that rows sum to 0. */
function uCentered(x: Matrix): number[][] {
  const m = x.rows;
  const gram = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (_v, j) => {
      let sum = 0;
      for (let c = 0; c < x.cols; c++) sum += x.data[i * x.cols + c] * x.data[j * x.cols + c];
      return i === j ? 0 : sum;
    }),
  );
  const sums = gram.map((row) => row.reduce((a, b) => a + b, 0));
  const all = sums.reduce((a, b) => a + b, 0);
  return gram.map((row, i) =>
    row.map((v, j) =>
      i === j ? 0 : v - (sums[i] + sums[j]) / (m - 2) + all / ((m - 1) * (m - 2)),
    ),
  );
}

/** Every increasing cycle of 2 and of 4, written out. */
function byHand(a: Matrix, b: Matrix): [number, number] {
  const [k, l] = [uCentered(a), uCentered(b)];
  const m = a.rows;
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < m; i++) {
    for (let j = i + 1; j < m; j++) {
      sums[0] += l[i][j] * k[j][i];
      counts[0]++;
      for (let p = j + 1; p < m; p++) {
        for (let q = p + 1; q < m; q++) {
          sums[1] += l[i][j] * k[j][p] * l[p][q] * k[q][i];
          counts[1]++;
        }
      }
    }
  }
  return [sums[0] / counts[0], sums[1] / counts[1]];
}

function variance(x: Matrix): number {
  let sum = 0;
  for (const v of centered(x).data) sum += v * v;
  return sum / (x.rows - 1);
}

describe('eigenmoments', () => {
  test('are means over increasing cycles', async () => {
    const [a, b] = [normalMatrix(12, 3, 1), normalMatrix(12, 2, 2)];
    const random = Random.fromSeed(3);
    const { values, unit } = await eigenmoments({ a, b }, 2, 1, random, {});
    const wanted = [0, 0];
    for (let r = 0; r < 4; r++) {
      const order = random.fork(r).sample(12);
      const found = byHand(gathered(a, order), gathered(b, order));
      for (const p of [0, 1]) wanted[p] += found[p] / 4;
    }
    expect(unit).toBeCloseTo(1 / Math.sqrt(variance(a) * variance(b)), 12);
    for (const p of [0, 1]) expect(values[p]).toBeCloseTo(unit * wanted[p], 10);
  });

  test('a shift of the rows changes nothing; the scale goes out by its powers', async () => {
    const [a, b] = [normalMatrix(20, 3, 4), normalMatrix(20, 3, 5)];
    const far = matrix(
      a.data.map((x) => x + 7),
      20,
      3,
    );
    const at = (x: Matrix, scale: number) =>
      eigenmoments({ a: x, b }, 3, scale, Random.fromSeed(6), {});
    const [plain, shifted, scaled] = [await at(a, 1), await at(far, 1), await at(a, 2)];
    for (let p = 0; p < 3; p++) {
      expect(shifted.values[p]).toBeCloseTo(plain.values[p], 8);
      expect(scaled.values[p] * 2 ** (2 * p + 1)).toBeCloseTo(plain.values[p], 10);
    }
  });

  test('their covariance is that of many draws, or more', async () => {
    const draws = 60;
    const found: Float64Array[] = [];
    let claimed = 0;
    for (let seed = 0; seed < draws; seed++) {
      const a = normalMatrix(40, 2, 100 + seed);
      const noise = normalMatrix(40, 2, 1000 + seed);
      const b = matrix(
        a.data.map((x, i) => x + 0.5 * noise.data[i]),
        40,
        2,
      );
      const { values, covariance } = await eigenmoments({ a, b }, 2, 1, Random.fromSeed(seed), {});
      found.push(values);
      claimed += covariance.data[0] / draws;
    }
    const mean = found.reduce((sum, v) => sum + v[0] / draws, 0);
    const real = found.reduce((sum, v) => sum + (v[0] - mean) ** 2 / (draws - 1), 0);
    expect(claimed / real).toBeGreaterThan(0.7);
    expect(claimed / real).toBeLessThan(2.5);
  });

  test('blocks of many rows stop when told to', async () => {
    const a = normalMatrix(600, 2, 1);
    const stop = new AbortController();
    stop.abort();
    const run = eigenmoments({ a, b: a }, 1, 1, Random.fromSeed(1), { signal: stop.signal });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
  });
});
