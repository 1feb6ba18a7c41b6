import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { trustworthiness } from './trustworthiness.ts';

const run = { engine: referenceEngine };
const line = (...places: number[]) => fromRows(places.map((x) => [x]));

describe('trustworthiness', () => {
  test('one row moved to the other end of a line of seven, counted by hand', async () => {
    const a = line(0, 1, 2.1, 3.3, 4.6, 6, 7.5);
    const b = line(9.2, 1, 2.1, 3.3, 4.6, 6, 7.5);
    // The nearest of row 0 is now row 6, the sixth in A: penalty 5. The nearest of row 1 was row 0 and is row 2, the
    // second in A: penalty 1. The others keep theirs; the worst is (2n − 3k − 1)/2 = 5 a row.
    const { value } = await trustworthiness({ a, b }, { k: 1 }, run);
    expect(value).toBeCloseTo(1 - 6 / (7 * 5), 14);
  });

  test('the farthest row as the only neighbour is worth 0', async () => {
    // The corners of a rectangle, and a map that lays opposite corners on one another.
    const a = fromRows([
      [0, 0],
      [2, 0],
      [0, 3],
      [2, 3],
    ]);
    const b = line(0, 10, 10.1, 0.1);
    expect((await trustworthiness({ a, b }, { k: 1 }, run)).value).toBe(0);
  });

  test('the null has the mean and the spread of permuted rows', async () => {
    const pair = relatedPair(80, 4, 2, 3);
    const { null: chance } = await trustworthiness(pair, { k: 5 }, run);
    const values: number[] = [];
    for (let r = 0; r < 300; r++) {
      const b = gathered(pair.b, Random.fromSeed(r).sample(80));
      values.push((await trustworthiness({ a: pair.a, b }, { k: 5 }, run)).value);
    }
    const { value, standardError } = meanEstimate(values);
    expect(chance?.value).toBeCloseTo(1 - ((80 - 5) * (79 - 5)) / ((160 - 15 - 1) * 79), 14);
    expect(Math.abs(value - (chance?.value ?? NaN))).toBeLessThan(4 * standardError);
    const spread = ((chance?.high ?? NaN) - (chance?.low ?? NaN)) / 3.92;
    // 300 draws know a standard deviation to 4 %.
    expect(Math.abs(spread / (standardError * Math.sqrt(300)) - 1)).toBeLessThan(0.15);
  });

  test('the interval is as wide as the values of new rows vary', async () => {
    const values: number[] = [];
    const errors: number[] = [];
    for (let r = 0; r < 60; r++) {
      const { a } = independentPair(100, 5, 1, r);
      const flat = matrix(
        a.data.filter((_, at) => at % 5 < 2),
        100,
        2,
      );
      const { value, low = NaN, high = NaN } = await trustworthiness({ a, b: flat }, {}, run);
      values.push(value);
      errors.push((high - low) / 3.92);
    }
    const spread = meanEstimate(values).standardError * Math.sqrt(60);
    // 60 draws know a standard deviation to 9 %; own penalties alone would give half of it.
    const ratio = meanEstimate(errors).value / spread;
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.35);
  });

  test('rows asked about are ranked among all; the interval of few holds the value of all', async () => {
    const pair = relatedPair(300, 4, 2, 1);
    const all = await trustworthiness(pair, {}, run);
    const some = await trustworthiness(pair, {}, { ...run, sample: 60 });
    expect(some.low).toBeLessThan(all.value);
    expect(some.high).toBeGreaterThan(all.value);
    expect((some.high ?? 0) - (some.low ?? 0)).toBeGreaterThan((all.high ?? 0) - (all.low ?? 0));
    expect(some.null?.value).toBe(all.null?.value);
  });

  test('float32 rows far from the origin are ranked as in float64', async () => {
    const { a, b } = relatedPair(150, 6, 2, 4);
    // Distances of 1e-3 of the lengths: products in float32 alone would not tell the rows apart.
    const far = { ...a, data: Float32Array.from(a.data, (x, at) => x + (at % 6 === 0 ? 2000 : 0)) };
    const flat = { ...b, data: Float32Array.from(b.data) };
    const wide = {
      a: { ...a, data: Float64Array.from(far.data) },
      b: { ...b, data: Float64Array.from(flat.data) },
    };
    const fast = await trustworthiness({ a: far, b: flat });
    expect(fast.engine).not.toBe('reference');
    expect(fast.value).toBe((await trustworthiness(wide, {}, run)).value);
  });

  test('a row as near as the k-th is no false neighbour, and copies are named', async () => {
    const a = line(0, 0, 0, 0, 0, 0, 5, 6);
    const { value, warnings } = await trustworthiness({ a, b: a }, { k: 2 }, run);
    expect(value).toBe(1);
    expect(warnings).toEqual([
      '6 of 8 rows have 2 or more copies in B: which of these are its neighbours is chance.',
    ]);
  });

  test('of rows that are all equal, a random map has no false neighbour either', async () => {
    const a = fromRows(Array.from({ length: 30 }, () => [1, 2]));
    const { value, null: chance } = await trustworthiness({ a, b: a }, {}, run);
    expect([value, chance?.value, chance?.low, chance?.high]).toEqual([1, 1, 1, 1]);
    // Of copies in pairs, as in permuted rows.
    const { a: some, b } = relatedPair(40, 3, 2, 2);
    const pairs = gathered(
      some,
      Int32Array.from({ length: 80 }, (_, i) => i >> 1),
    );
    const map = gathered(
      b,
      Int32Array.from({ length: 80 }, (_, i) => i >> 1),
    );
    const { null: law } = await trustworthiness({ a: pairs, b: map }, { k: 5 }, run);
    const values: number[] = [];
    for (let r = 0; r < 200; r++) {
      const other = gathered(map, Random.fromSeed(r).sample(80));
      values.push((await trustworthiness({ a: pairs, b: other }, { k: 5 }, run)).value);
    }
    const found = meanEstimate(values);
    expect(Math.abs(found.value - (law?.value ?? NaN))).toBeLessThan(4 * found.standardError);
  });

  test('more neighbours than half of the rows become fewer, and it says so', async () => {
    const { warnings } = await trustworthiness(relatedPair(20, 3, 2, 1), {}, run);
    expect(warnings).toEqual(['9 neighbours instead of 12: fewer than half of 20 rows.']);
  });
});

describeComparisonLaws(trustworthiness, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 1,
  symmetric: false,
});
