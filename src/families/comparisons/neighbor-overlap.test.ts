import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { neighborOverlap } from './neighbor-overlap.ts';

const run = { engine: referenceEngine };

describe('neighbor-overlap', () => {
  test('chance is k/(n − 1), and independent rows are within its interval', async () => {
    const { value, null: chance } = await neighborOverlap(independentPair(200, 5, 5, 1), { k: 8 });
    expect(chance?.value).toBeCloseTo(8 / 199, 14);
    expect(value).toBeGreaterThan((chance?.low ?? NaN) - 0.01);
    expect(value).toBeLessThan((chance?.high ?? NaN) + 0.01);
  });

  test.each([
    ['hubs', 80, 6, 80],
    ['mutual neighbours, as many as few dimensions make', 60, 2, 60],
    ['mutual neighbours, of some rows', 90, 2, 45],
  ])('the null has the spread of permuted rows: %s', async (_, n, d, sample) => {
    const pair = relatedPair(n, d, d, 3);
    const settings = { ...run, sample };
    const { null: chance } = await neighborOverlap(pair, { k: 5 }, settings);
    const values: number[] = [];
    for (let r = 0; r < 400; r++) {
      const b = gathered(pair.b, Random.fromSeed(r).sample(n));
      values.push((await neighborOverlap({ a: pair.a, b }, { k: 5 }, settings)).value);
    }
    const { value, standardError } = meanEstimate(values);
    expect(Math.abs(value - 5 / (n - 1))).toBeLessThan(4 * standardError);
    const spread = ((chance?.high ?? NaN) - (chance?.low ?? NaN)) / 3.92;
    // 400 draws know a standard deviation to 3.5 %.
    const ratio = spread / (standardError * Math.sqrt(400));
    expect(ratio).toBeGreaterThan(0.87);
    expect(ratio).toBeLessThan(1.13);
  });

  test('two swapped clusters keep the neighbours inside each', async () => {
    const a = fromRows(
      [...Array(12).keys()].map((i) => [i < 6 ? 1 : -1, 0.01 * i, 0.02 * (i % 6) ** 2]),
    );
    const b = { ...a, data: a.data.map((x, i) => (i % 3 === 0 ? -x : x)) };
    expect((await neighborOverlap({ a, b }, { k: 2 })).value).toBe(1);
  });

  test('a sample of asking rows has all rows as neighbours', async () => {
    const pair = relatedPair(300, 4, 4, 1);
    const all = await neighborOverlap(pair, {}, run);
    const some = await neighborOverlap(pair, {}, { ...run, sample: 60 });
    expect(some.low).toBeLessThan(all.value);
    expect(some.high).toBeGreaterThan(all.value);
    expect(some.null?.value).toBe(all.null?.value);
  });
});

describeComparisonLaws(neighborOverlap, { ignores: ['rotation', 'scale', 'columns'], same: 1 });
