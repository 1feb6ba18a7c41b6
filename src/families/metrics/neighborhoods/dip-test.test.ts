import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../../testing/points.ts';
import { dipTest } from './dip-test.ts';

/** Rows about `count` axes. */
function clusters(n: number, d: number, count: number, noise: number) {
  const random = Random.fromSeed(2);
  return fromRows(
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: d }, (_, c) => noise * random.normal() + (c === i % count ? 1 : 0)),
    ),
  );
}

describe('dip-test', () => {
  test('the axes of an orthoplex see one right angle and one opposite row: the dip is 1/(2m)', async () => {
    // All but one of the m = 2d − 1 angles are equal, one mode, and a jump of 1/m is halved.
    const { value } = await dipTest(orthoplex(8));
    expect(value).toBeCloseTo(1 / 30, 12);
  });

  test('half of the rows at one point, half at the opposite one: a quarter', async () => {
    const rows = fromRows(
      Array.from({ length: 200 }, (_, i) => [i % 2 === 0 ? 1 : -1, 1e-7 * i, 1e-8 * i * i]),
    );
    expect((await dipTest(rows)).value).toBeCloseTo(0.25, 1);
  });

  test('uniform points have one mode; two and ten clusters have more', async () => {
    const even = await dipTest(uniformRows(400, 8, 1));
    expect(even.null?.pValue).toBe(1);
    expect(even.value).toBeLessThan(even.null?.value ?? NaN);
    const two = await dipTest(clusters(400, 12, 2, 0.08));
    expect(two.null?.pValue).toBeLessThan(1e-6);
    expect(two.value).toBeGreaterThan(two.null?.high ?? NaN);
    expect(two.table?.[0]['share that see several modes']).toBe(1);
    expect(two.rows?.length).toBe(64);
    // Each row sees a tenth of the others near.
    const ten = await dipTest(clusters(400, 12, 10, 0.08));
    expect(ten.null?.pValue).toBeLessThan(0.05);
    expect(ten.value).toBeGreaterThan(ten.null?.high ?? NaN);
  });

  test('one cluster that is wide in some directions only has one mode', async () => {
    const random = Random.fromSeed(6);
    const rows = Array.from({ length: 400 }, () =>
      Array.from({ length: 10 }, (_, c) => random.normal() * (c < 3 ? 5 : 1) + (c === 9 ? 4 : 0)),
    );
    const { null: law } = await dipTest(fromRows(rows));
    expect(law?.pValue).toBeGreaterThan(0.05);
  });

  test('few rows have no number; many are sampled, and it says so', async () => {
    expect((await dipTest(uniformRows(9, 3, 1))).warnings).toEqual([
      '9 rows are too few for a law of angles: 10 are needed.',
    ]);
    const many = await dipTest(uniformRows(4100, 3, 1), { viewers: 4 });
    expect(many.warnings).toEqual(['angles among a sample of 4000 of the 4100 rows.']);
  });
});

describeMetricLaws(dipTest, { oneDimension: false });
