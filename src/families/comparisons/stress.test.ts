import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { describeComparisonLaws, relatedPair } from '../../testing/comparison-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { stress } from './stress.ts';

const run = { engine: referenceEngine };

describe('stress', () => {
  test('a square pressed onto one of its sides, counted by hand', async () => {
    const a = fromRows([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    const b = fromRows([[0], [1], [0], [1]]);
    // In A four sides of 1 and two diagonals of √2; in B two sides are 0, all others 1: Σδd = 2 + 2√2, Σδ² = 8, Σd² = 4.
    const expected = Math.sqrt(1 - (2 + 2 * Math.SQRT2) ** 2 / 32);
    expect((await stress({ a, b }, {}, run)).value).toBeCloseTo(expected, 14);
  });

  test('the null has the mean and the spread of permuted rows', async () => {
    const pair = relatedPair(60, 4, 2, 3);
    const { null: chance } = await stress(pair, {}, run);
    const values: number[] = [];
    for (let r = 0; r < 300; r++) {
      const b = gathered(pair.b, Random.fromSeed(r).sample(60));
      values.push((await stress({ a: pair.a, b }, {}, run)).value);
    }
    const { value, standardError } = meanEstimate(values);
    const spread = standardError * Math.sqrt(300);
    // The stated value is that of the mean cosine, off the mean stress by a part of the spread.
    expect(Math.abs(value - (chance?.value ?? NaN))).toBeLessThan(0.2 * spread);
    const stated = ((chance?.high ?? NaN) - (chance?.low ?? NaN)) / 3.92;
    expect(Math.abs(stated / spread - 1)).toBeLessThan(0.15);
  });

  test('angles do not see the lengths of rows, which distances do; chords are not angles', async () => {
    const a = uniformRows(60, 3, 1);
    const long = matrix(
      a.data.map((x, at) => x * (1 + Math.floor(at / 3))),
      60,
      3,
    );
    expect((await stress({ a, b: long }, { a: 'angle', b: 'angle' }, run)).value).toBeCloseTo(0, 7);
    expect((await stress({ a, b: long }, {}, run)).value).toBeGreaterThan(0.1);
    const chords = await stress({ a, b: a }, { a: 'angle' }, run);
    expect(chords.value).toBeGreaterThan(0.05);
    expect(chords.value).toBeLessThan(0.15);
  });

  test('a row of zeros has no angle, and equal rows no distances', async () => {
    const a = uniformRows(8, 3, 1);
    const b = { ...a, data: a.data.map((x, at) => (at < 6 && at >= 3 ? 0 : x)) };
    const none = await stress({ a, b }, { b: 'angle' }, run);
    expect(none.value).toBeNaN();
    expect(none.warnings).toEqual(['row 1 of B has length zero and no angle.']);
    const equal = await stress({ a, b: gathered(a, new Int32Array(8)) }, {}, run);
    expect(equal.warnings).toEqual(['all rows of one space are equal.']);
  });

  test('a stress of rounding keeps its digits', async () => {
    const { a } = relatedPair(30, 4, 2, 5);
    const moved = matrix(
      a.data.map((x, at) => x + 1e-7 * Math.sin(at)),
      30,
      4,
    );
    const { value } = await stress({ a, b: moved }, {}, run);
    expect(value).toBeGreaterThan(1e-9);
    expect(value).toBeLessThan(1e-7);
  });
});

describeComparisonLaws(stress, { ignores: ['rotation', 'scale', 'shift', 'columns'], same: 0 });
