import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { powerLawFit } from '../../../numerics/statistics/power-law.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { orthoplex } from '../../../testing/points.ts';
import { spectrumSlope } from './spectrum-slope.ts';

/** n rows of N(0, diag(k^−α)). */
function powerLawRows(n: number, d: number, alpha: number, seed: number) {
  const random = Random.fromSeed(seed);
  const draw = (_: unknown, i: number) => random.normal() * ((i % d) + 1) ** (-alpha / 2);
  return matrix(Float64Array.from({ length: n * d }, draw), n, d);
}

describe('spectrum-slope', () => {
  test('an exact power law has its exponent and r² = 1', () => {
    const values = Float64Array.from({ length: 60 }, (_, k) => 7 * (k + 1) ** -1.3);
    const { alpha, r2 } = powerLawFit(values, 11, 60);
    expect(alpha).toBeCloseTo(1.3, 12);
    expect(r2).toBeCloseTo(1, 12);
  });

  test('the slopes of the fit are its derivatives', () => {
    const values = Float64Array.from({ length: 20 }, (_, k) => (k + 1) ** -1 + 0.1);
    const { alpha, slopes } = powerLawFit(values, 3, 20);
    for (const k of [0, 2, 9, 19]) {
      const moved = values.map((value, i) => (i === k ? value * (1 + 1e-6) : value));
      const difference = powerLawFit(moved, 3, 20).alpha - alpha;
      expect(difference).toBeCloseTo(slopes[k] * values[k] * 1e-6, 11);
    }
  });

  test('rows drawn with λ_k ∝ 1/k have a slope near 1, inside the interval', async () => {
    const {
      value,
      low = NaN,
      high = NaN,
      warnings,
    } = await spectrumSlope(powerLawRows(1500, 40, 1, 3));
    expect(Math.abs(value - 1)).toBeLessThan(0.15);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(warnings).toEqual([]);
  });

  test('two levels of variance are no power law, and it says so', async () => {
    const random = Random.fromSeed(1);
    const draw = (_: unknown, i: number) => random.normal() * (i % 30 < 20 ? 1 : 0.01);
    const { warnings } = await spectrumSlope(
      matrix(Float64Array.from({ length: 15_000 }, draw), 500, 30),
    );
    expect(warnings[0]).toMatch(/no power law in ranks 11 to 30 \(r² = 0\.\d+\)/);
  });

  test('equal variances have slope 0', async () => {
    expect(await measuredValue(spectrumSlope, orthoplex(12))).toBeCloseTo(0, 10);
  });
});

describeMetricLaws(spectrumSlope, { oneDimension: false });
