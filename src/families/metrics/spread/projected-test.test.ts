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
    const values = await uniformPValues(projectedTest, [n, d], 60);
    for (const p of [0.05, 0.2]) expect(excess(values, p)).toBeLessThan(4);
  });

  // 30 sets: 95 % less four standard errors of that share are 79 %.
  test.each([
    [20, 3],
    [50, 40],
  ] as const)(
    'n = %i, d = %i: nearly all uniform sets lie in the range of the null',
    async (n, d) => {
      let inside = 0;
      for (let r = 0; r < 30; r++) {
        const { value, null: law } = await projectedTest(
          uniformRows(n, d, 500 + r),
          {},
          { seed: r },
        );
        if (law && value >= (law.low ?? NaN) && value <= (law.high ?? NaN)) inside += 1;
      }
      expect(inside / 30).toBeGreaterThan(0.79);
    },
  );

  test('a common direction and unequal variances are both found', async () => {
    const points = uniformRows(500, 5, 1);
    for (let i = 0; i < 500; i++) points.data[5 * i] *= 5;
    expect((await projectedTest(points)).null?.pValue).toBeLessThan(1e-4);
    for (let i = 0; i < 500; i++) points.data[5 * i] += 1;
    expect((await projectedTest(points)).null?.pValue).toBeLessThan(1e-6);
  });
});

describeMetricLaws(projectedTest, { rotation: false, oneDimension: false });
