import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { isoscore } from './isoscore.ts';
import { isoscoreStar } from './isoscore-star.ts';

const rows = fromRows(fixture.rows);

describe('isoscore-star', () => {
  test('is IsoScore at ζ = 0 and 1 at ζ = 1, with their intervals', async () => {
    const rows = uniformRows(60, 4, 1);
    const plain = await isoscore(rows);
    const star = await isoscoreStar(rows, { zeta: 0 });
    for (const key of ['value', 'low', 'high'] as const) {
      expect(star[key]).toBeCloseTo(plain[key] ?? NaN, 12);
    }
    expect((await isoscoreStar(rows, { zeta: 1 })).value).toBeCloseTo(1, 12);
  });

  test('two variances 3 and 1 shrunk by ½ are 2.5 and 1.5', async () => {
    const root = Math.sqrt(3);
    const cross = fromRows([
      [root, 0],
      [-root, 0],
      [0, 1],
      [0, -1],
    ]);
    const { value } = await isoscoreStar(cross, { zeta: 0.5 });
    expect(value).toBeCloseTo(16 / (2.5 ** 2 + 1.5 ** 2) - 1, 12);
  });

  test('grows with ζ', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(share, share, async (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const less = await isoscoreStar(rows, { zeta: low });
        expect((await isoscoreStar(rows, { zeta: high })).value).toBeGreaterThanOrEqual(
          less.value - 1e-12,
        );
      }),
      { numRuns: 10 },
    );
  });
});

describeMetricLaws(isoscoreStar, { lengths: false, oneDimension: false });
