import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { partitionIsotropy } from './partition-isotropy.ts';

describe('partition-isotropy', () => {
  test(`is min Z / max Z over ± eigenvectors, as computed with ${fixture.library}`, async () => {
    const value = await measuredValue(partitionIsotropy, fromRows(fixture.rows));
    expect(value).toBeCloseTo(fixture.partitionIsotropy, 10);
  });

  test('a row of length a along one axis of two has e^{−2a}: the ratio of its two ends', async () => {
    expect(await measuredValue(partitionIsotropy, fromRows([[3, 0]]))).toBeCloseTo(
      Math.exp(-6),
      12,
    );
  });

  test('fewer rows than dimensions have the value of the same rows in the space they span, and n', async () => {
    const rows = [
      [1, 2, 0.5],
      [0.5, -1, 2],
    ];
    const padded = fromRows([...rows, [0.1, 0.1, 0.1], [1e-3, 0, 0]]);
    const square = await measuredValue(partitionIsotropy, padded);
    const wide = fromRows([...rows, [0.1, 0.1, 0.1], [1e-3, 0, 0]].map((r) => [...r, 0, 0, 0]));
    expect(await measuredValue(partitionIsotropy, wide)).toBeCloseTo(square, 10);
  });

  test('rows of length 1000 overflow nothing', async () => {
    const { value, low, high } = await partitionIsotropy(
      fromRows([
        [1000, 0],
        [0, 1000],
        [-1000, 0],
        [0, -990],
      ]),
    );
    expect(value).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeLessThanOrEqual(1);
  });

  test('far rows with a heavy tail have no interval, near ones have', async () => {
    const random = Random.fromSeed(4);
    const tailed = Float64Array.from({ length: 300 }, () => Math.exp(random.normal()));
    const drawn = Float64Array.from(
      { length: 900 },
      (_, e) => random.normal() * tailed[Math.floor(e / 3)],
    );
    const far = await partitionIsotropy(matrix(drawn, 300, 3));
    expect(far.low).toBeUndefined();
    expect(far.warnings).toEqual([expect.stringMatching(/^no interval: the lengths .* heavy/)]);
    const most = drawn.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    const near = await partitionIsotropy(
      matrix(
        drawn.map((x) => x / most / 2),
        300,
        3,
      ),
    );
    expect(near.low).toBeLessThan(near.value);
    expect(near.warnings).toEqual([]);
  });

  test('blocks of rows change nothing', async () => {
    const rows = 5000;
    const data = Float64Array.from({ length: 2 * rows }, (_, i) => Math.sin(i * i));
    let sums = [0, 0, 0, 0];
    const { value } = await partitionIsotropy(matrix(data, rows, 2));
    // The main axes of these rows, found by hand from the 2 × 2 moments.
    let [a, b, c] = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const [x, y] = [data[2 * i], data[2 * i + 1]];
      [a, b, c] = [a + x * x, b + x * y, c + y * y];
    }
    const angle = Math.atan2(2 * b, a - c) / 2;
    const [u, v] = [Math.cos(angle), Math.sin(angle)];
    for (let i = 0; i < rows; i++) {
      const [x, y] = [data[2 * i], data[2 * i + 1]];
      const along = [u * x + v * y, -u * x - v * y, v * x - u * y, u * y - v * x];
      sums = sums.map((sum, s) => sum + Math.exp(along[s]));
    }
    expect(value).toBeCloseTo(Math.min(...sums) / Math.max(...sums), 10);
  });
});

describeMetricLaws(partitionIsotropy, { lengths: false });
