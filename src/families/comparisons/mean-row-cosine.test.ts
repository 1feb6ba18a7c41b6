import { describe, expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { fromRows, turned } from '../../testing/points.ts';
import { meanRowCosine } from './mean-row-cosine.ts';

describe('mean-row-cosine', () => {
  test('rows turned by 60° have ½, opposite ones −1', async () => {
    const a = fromRows([
      [1, 0],
      [0, 2],
      [3, 3],
    ]);
    const turn = rotationBy(Math.PI / 3);
    expect((await meanRowCosine({ a, b: turned(a, turn) })).value).toBeCloseTo(0.5, 14);
    const opposite = { ...a, data: a.data.map((x) => -x) };
    expect((await meanRowCosine({ a, b: opposite })).value).toBeCloseTo(-1, 14);
  });

  test('a common direction shows in the null, not as likeness', async () => {
    const { a, b } = independentPair(300, 5, 5, 1);
    const shifted = (m: typeof a) => ({
      ...m,
      data: m.data.map((x, i) => x + (i % 5 === 0 ? 3 : 0)),
    });
    const { value, null: chance } = await meanRowCosine({ a: shifted(a), b: shifted(b) });
    expect(value).toBeGreaterThan(0.5);
    expect(chance?.value).toBeCloseTo(value, 1);
    expect(chance?.pValue).toBeGreaterThan(0.01);
  });

  test('the null has the mean and spread of permuted rows', async () => {
    const { a, b } = relatedPair(60, 3, 3, 2);
    const { null: chance } = await meanRowCosine({ a, b });
    const values: number[] = [];
    for (let r = 0; r < 500; r++) {
      const permuted = gathered(b, Random.fromSeed(r).sample(60));
      values.push((await meanRowCosine({ a, b: permuted })).value);
    }
    const { value, standardError } = meanEstimate(values);
    expect(Math.abs(value - (chance?.value ?? NaN))).toBeLessThan(4 * standardError);
    const spread = ((chance?.high ?? NaN) - (chance?.low ?? NaN)) / 3.92;
    expect(spread / (standardError * Math.sqrt(500))).toBeCloseTo(1, 0);
  });

  test('rows of zeros are left out and named', async () => {
    const a = fromRows([
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
    const { value, warnings } = await meanRowCosine({ a, b: a });
    expect(value).toBeCloseTo(1, 14);
    expect(warnings).toEqual(['1 row has length zero and no cosine: 1.']);
  });
});

function rotationBy(angle: number) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return fromRows([
    [c, -s],
    [s, c],
  ]);
}

describeComparisonLaws(meanRowCosine, { ignores: ['scale'], same: 1 });
