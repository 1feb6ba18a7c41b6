import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { uniformRows } from '../../testing/points.ts';
import { modalityGap } from './modality-gap.ts';

describe('modality-gap', () => {
  test('opposite rows are 2 apart, rows at 60° 1', async () => {
    const a = gathered(uniformRows(1, 3, 1), [0, 0, 0]);
    const opposite = { ...a, data: a.data.map((x) => -4 * x) };
    expect((await modalityGap({ a, b: opposite })).value).toBeCloseTo(2, 12);
    const flat = { data: Float64Array.of(1, 0, 1, 0), rows: 2, cols: 2 };
    const turned = { ...flat, data: Float64Array.of(1, Math.sqrt(3), 2, 2 * Math.sqrt(3)) };
    expect((await modalityGap({ a: flat, b: turned })).value).toBeCloseTo(1, 12);
  });

  test('rows of one law have what the null says, a moved side more', async () => {
    const { a, b } = independentPair(200, 5, 5, 3);
    const same = await modalityGap({ a, b });
    expect(same.null?.pValue).toBeGreaterThan(0.02);
    // E‖difference of means‖² of unit rows about 0 is 1/m + 1/l.
    expect(same.null?.value).toBeCloseTo(Math.sqrt(2 / 200), 1);
    const moved = { ...b, data: b.data.map((x, e) => x + (e % 5 === 0 ? 1 : 0)) };
    expect((await modalityGap({ a, b: moved })).null?.pValue).toBe(1 / 200);
  });

  test('rows of zeros are left out and counted', async () => {
    const { a, b } = independentPair(20, 3, 3, 1);
    const hole = { ...a, data: a.data.map((x, e) => (e < 3 ? 0 : x)) };
    const { value, warnings } = await modalityGap({ a: hole, b });
    const rest = gathered(
      a,
      Array.from({ length: 19 }, (_, i) => i + 1),
    );
    expect(value).toBeCloseTo((await modalityGap({ a: rest, b })).value, 12);
    expect(warnings).toEqual(["1 row left out: length zero, or the partner's is."]);
  });
});

describeComparisonLaws(modalityGap, { ignores: ['scale'], same: 0 });
