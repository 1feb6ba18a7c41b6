import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { binned } from './support/mutual-information.ts';
import { unitMatching } from './unit-matching.ts';
import { unitMutualInformation } from './unit-mutual-information.ts';

const run = { engine: referenceEngine };

describe('bins', () => {
  test('hold equal counts, and only the order of values matters', () => {
    const { codes, counts } = binned([5, 1, 4, 2, 3, 0], 3);
    expect([...codes]).toEqual([2, 0, 2, 1, 1, 0]);
    expect([...counts]).toEqual([2, 2, 2]);
    expect(binned([500, 10, 40, 20, 30, -7], 3).codes).toEqual(codes);
  });

  test('a value that fills a bin has its own; equal values share one; a constant has one', () => {
    const { codes, counts } = binned([0, 0, 0, 0, 0, 1, 2, 3, 4, 5], 5);
    expect(new Set(codes.slice(0, 5)).size).toBe(1);
    expect(codes.slice(5)).not.toContain(codes[0]);
    expect(counts.reduce((sum, c) => sum + c, 0)).toBe(10);
    expect(binned([7, 7, 7], 4).counts).toHaveLength(1);
  });
});

describe('unit-mutual-information', () => {
  test('a column determines itself: log₂ of the bins, less the correction', async () => {
    const a = normalMatrix(1000, 3, 1);
    const { value } = await unitMutualInformation({ a, b: a }, { bins: 4 }, run);
    expect(value).toBeCloseTo(2 - 9 / (2000 * Math.LN2), 10);
  });

  test('normal columns with correlation ρ: near −½ log₂(1 − ρ²), from below', async () => {
    const a = normalMatrix(2000, 1, 2);
    const e = normalMatrix(2000, 1, 3);
    const b = matrix(
      a.data.map((x, i) => 0.8 * x + 0.6 * e.data[i]),
      2000,
      1,
    );
    const exact = -0.5 * Math.log2(1 - 0.64);
    const { value, low = 0, high = 0 } = await unitMutualInformation({ a, b }, {}, run);
    expect(value).toBeLessThan(exact);
    expect(value).toBeGreaterThan(0.85 * exact);
    expect(high - low).toBeLessThan(0.2);
  });

  test('sees what has no correlation; unrelated rows lie within the null', async () => {
    const a = normalMatrix(1500, 3, 4);
    const b = { ...a, data: a.data.map((x) => x * x) };
    const curved = await unitMutualInformation({ a, b }, {}, run);
    expect(curved.value).toBeGreaterThan(1);
    expect((await unitMatching({ a, b }, {}, run)).value).toBeLessThan(0.2);
    const { value, null: byChance } = await unitMutualInformation(
      independentPair(500, 3, 3, 5),
      {},
      run,
    );
    expect(value).toBeLessThan(0.05);
    expect(byChance?.pValue).toBeGreaterThan(0.02);
    expect(byChance?.how).toBe('rows permuted: 40 draws');
  });

  test('few rows and constant columns are said', async () => {
    const few = await unitMutualInformation(independentPair(10, 2, 2, 1), {}, run);
    expect(few.warnings).toEqual(['needs 20 rows; got 10.']);
    const { a, b } = independentPair(50, 2, 2, 1);
    const still = { ...b, data: b.data.map((x, i) => (i % 2 === 0 ? 3 : x)) };
    const { warnings } = await unitMutualInformation({ a, b: still }, {}, run);
    expect(warnings).toEqual(['1 column does not vary and has no information.']);
  });
});

describeComparisonLaws(unitMutualInformation, { ignores: ['scale', 'shift', 'columns'] });
