import { describe, expect, test } from 'vitest';
import { kolmogorovTail } from '../../../numerics/laws/kolmogorov.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { excess, uniformPValues } from '../../../testing/test-laws.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { projectedTest } from './projected-test.ts';

describe('projected-test', () => {
  test(`Kolmogorov's law is that of ${fixture.library}`, () => {
    for (const [x, tail] of fixture.kolmogorov) expect(kolmogorovTail(x)).toBeCloseTo(tail, 12);
  });

  test.each([
    [40, 3],
    [100, 20],
  ] as const)('n = %i, d = %i: no more than a share p of uniform sets is below p', async (n, d) => {
    const values = await uniformPValues(projectedTest, [n, d], 200);
    for (const p of [0.05, 0.2]) expect(excess(values, p)).toBeLessThan(4);
  });

  test('a common direction and unequal variances are both found', async () => {
    const points = uniformRows(500, 5, 1);
    for (let i = 0; i < 500; i++) points.data[5 * i] *= 5;
    expect((await projectedTest(points)).null?.pValue).toBeLessThan(1e-4);
    for (let i = 0; i < 500; i++) points.data[5 * i] += 1;
    expect((await projectedTest(points)).null?.pValue).toBeLessThan(1e-6);
  });
});

describeMetricLaws(projectedTest, { rotation: false, oneDimension: false });
