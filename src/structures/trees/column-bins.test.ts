import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { Run } from '../../core/run.ts';
import { columnBins } from './column-bins.ts';

const run = new Run({});

test('few numbers have a bin each, in their order', async () => {
  const { bins, lows } = await columnBins(matrix(Float64Array.of(5, -1, 5, 2), 4, 1), 10, run);
  expect([Array.from(bins), Array.from(lows[0])]).toEqual([
    [2, 0, 2, 1],
    [-1, 2, 5],
  ]);
});

test('bins follow the numbers and are about as full, with far numbers, repeats and constant columns among them', async () => {
  const random = Random.fromSeed(1);
  const n = 5000;
  const columns = [
    () => random.normal(),
    () => (random.uniform() < 0.01 ? 1e300 : random.uniform()),
    () => 7,
    () => Math.floor(4 * random.uniform()) || random.uniform(),
  ];
  const data = Float64Array.from({ length: n * 4 }, (_, e) => columns[e % 4]());
  const { bins, lows, highs } = await columnBins(matrix(data, n, 4), 32, run);
  for (let c = 0; c < 4; c++) {
    const counts = new Int32Array(lows[c].length);
    for (let i = 0; i < n; i++) {
      const bin = bins[c * n + i];
      counts[bin] += 1;
      expect(data[i * 4 + c] >= lows[c][bin] && data[i * 4 + c] <= highs[c][bin]).toBe(true);
    }
    for (let b = 1; b < lows[c].length; b++) expect(lows[c][b]).toBeGreaterThan(highs[c][b - 1]);
    if (c === 0) expect(Math.max(...counts)).toBeLessThan((2 * n) / 32);
  }
  expect(lows[2]).toHaveLength(1);
});
