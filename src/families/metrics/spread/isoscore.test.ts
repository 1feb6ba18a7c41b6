import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { isoscore } from './isoscore.ts';

describe('isoscore', () => {
  test(`is Algorithm 1 of the paper, step by step in ${fixture.library}`, async () => {
    expect(await measuredValue(isoscore, fromRows(fixture.rows))).toBeCloseTo(fixture.isoscore, 10);
  });

  test('k of d directions with equal variance have (k − 1)/(d − 1), 0 and 1 included', async () => {
    for (const k of [1, 2, 5, 8]) {
      const padded = new Float64Array(2 * k * 8);
      for (let i = 0; i < 2 * k; i++) padded[i * 8 + (i >> 1)] = i % 2 === 0 ? 3 : -3;
      const value = await measuredValue(isoscore, matrix(padded, 2 * k, 8));
      expect(value).toBeCloseTo((k - 1) / 7, 12);
    }
  });

  test('a translation and a scale leave it unchanged', async () => {
    const rows = fromRows(fixture.rows);
    const moved = matrix(
      rows.data.map((x, i) => 7 * x + (i % 5) + 1),
      rows.rows,
      rows.cols,
    );
    expect(await measuredValue(isoscore, moved)).toBeCloseTo(fixture.isoscore, 10);
  });

  test('rows whose lengths have a heavy tail have no interval, normal rows have', async () => {
    const random = Random.fromSeed(6);
    const normal = matrix(
      Float64Array.from({ length: 1200 }, () => random.normal()),
      300,
      4,
    );
    const { value, low, high, warnings } = await isoscore(normal);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(warnings).toEqual([]);
    const lengths = Float64Array.from({ length: 300 }, () => Math.exp(1.2 * random.normal()));
    const heavy = matrix(
      normal.data.map((x, e) => x * lengths[Math.floor(e / 4)]),
      300,
      4,
    );
    const found = await isoscore(heavy);
    expect(found.low).toBeUndefined();
    expect(found.warnings).toEqual([expect.stringMatching(/^no interval: the lengths .* heavy/)]);
  });

  test('one dimension has none', async () => {
    expect((await isoscore(orthoplex(1))).value).toBeNaN();
  });
});

describeMetricLaws(isoscore, { lengths: false, oneDimension: false });
