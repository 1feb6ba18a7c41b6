import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { seriesCorrelation } from './series-correlation.ts';

/** Unit rows of the plane whose successive cosines are those given. */
function turning(cosines: readonly number[]) {
  let angle = 0;
  const rows = [1, 0];
  for (const x of cosines) {
    angle += Math.acos(x);
    rows.push(Math.cos(angle), Math.sin(angle));
  }
  return matrix(Float64Array.from(rows), cosines.length + 1, 2);
}

describe('series-correlation', () => {
  const random = Random.fromSeed(1);
  const first = Array.from({ length: 300 }, () => 0.2 + 0.6 * random.uniform());
  const second = first.map((x) => 0.5 * x + 0.3 * random.uniform());

  test('is Pearson’s correlation of both series, or that of their ranks', async () => {
    const [a, b] = [turning([0.1, 0.2, 0.3, 0.4, 0.5]), turning([0.5, 0.6, 0.7, 0.8, 0.7])];
    expect((await seriesCorrelation({ a, b })).value).toBeCloseTo(0.832050294338, 9);
    const c = turning([0.5, 0.6, 0.8, 0.9, 0.7]);
    const ranks = await seriesCorrelation({ a, b: c }, { correlation: 'spearman' });
    expect(ranks.value).toBeCloseTo(0.7, 12);
  });

  test('levels and ranges of the cosines do not matter', async () => {
    const scaled = turning(first.map((x) => 0.4 + 0.3 * x));
    const { value } = await seriesCorrelation({ a: turning(first), b: scaled });
    expect(value).toBeCloseTo(1, 9);
  });

  test('its interval holds the correlation of the series that were drawn', async () => {
    // Var(0.3 u) beside Var(0.5 · 0.6 u): r = 1/√2.
    const { low = NaN, high = NaN } = await seriesCorrelation({
      a: turning(first),
      b: turning(second),
    });
    expect(low).toBeLessThan(Math.SQRT1_2);
    expect(high).toBeGreaterThan(Math.SQRT1_2);
    expect(high - low).toBeLessThan(0.25);
  });

  test('is near its null, which is near 0, where one text is in another order', async () => {
    const a = turning(first);
    const related = await seriesCorrelation({ a, b: turning(second) });
    expect(Math.abs(related.null?.value ?? 1)).toBeLessThan(0.02);
    expect(related.null?.pValue).toBe(1 / 200);
    const b = gathered(turning(second), Random.fromSeed(2).sample(301));
    const { value, null: chance } = await seriesCorrelation({ a, b });
    expect(value).toBeGreaterThan(chance?.low ?? 1);
    expect(value).toBeLessThan(chance?.high ?? -1);
  });

  test('four rows are too few, and a series without change has no correlation', async () => {
    const few = turning([0.1, 0.5, 0.3]);
    expect((await seriesCorrelation({ a: few, b: few })).warnings).toEqual([
      'needs 5 rows; got 4.',
    ]);
    const even = turning(Array.from({ length: 9 }, () => 0.5));
    const { value, warnings } = await seriesCorrelation({ a: even, b: turning(first.slice(0, 9)) });
    expect(value).toBeNaN();
    expect(warnings[0]).toMatch(/^successive rows are equally alike/);
  });
});

describeComparisonLaws(seriesCorrelation, {
  ignores: ['rotation', 'scale'],
  same: 1,
  anyOrder: false,
});
