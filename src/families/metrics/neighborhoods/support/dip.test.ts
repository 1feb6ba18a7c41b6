import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { dipPValue, dipQuantile } from '../../../../numerics/laws/dip.ts';
import fixture from '../fixtures/dip.fixture.json' with { type: 'json' };
import { dipOf } from './dip.ts';

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

describe('dip', () => {
  test(`is that of ${fixture.library}, of the faculty of Hartigan's paper and ${fixture.cases.length - 1} other samples, ties among them`, () => {
    expect(dipOf(fixture.cases[0].x)).toBeCloseTo(0.05952381, 8);
    for (const { x, dip } of fixture.cases) expect(Math.abs(dipOf(x) - dip)).toBeLessThan(1e-12);
  });

  test('two equal heaps have a quarter, evenly spaced values 1/(2n)', () => {
    expect(dipOf([0, 0, 0, 1, 1, 1])).toBeCloseTo(0.25, 12);
    expect(dipOf([1, 2, 3, 4, 5])).toBeCloseTo(0.1, 12);
    expect(dipOf([7, 7, 7])).toBeCloseTo(1 / 6, 12);
    expect(dipOf([3])).toBe(0.5);
  });

  test('a change of scale and a reversal leave it as it is', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, (drawn) => {
        const dip = dipOf(sorted(drawn));
        expect(dipOf(sorted(drawn.map((x) => 4 * x - 8)))).toBeCloseTo(dip, 12);
        expect(dipOf(sorted(drawn.map((x) => -x)))).toBeCloseTo(dip, 12);
      }),
    );
  });

  test('it lies between 1/(2n) and ¼, or 1/(2n) where that is more', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (drawn) => {
        const dip = dipOf(sorted(drawn));
        expect(dip).toBeGreaterThanOrEqual(1 / (2 * drawn.length));
        expect(dip).toBeLessThanOrEqual(Math.max(0.25, 1 / (2 * drawn.length)) + 1e-12);
      }),
    );
  });
});

describe('the law of the dip', () => {
  test(`p-values above 0.001 are those of ${fixture.library} within 0.02 and a tenth`, () => {
    for (const { x, dip, p } of fixture.cases) {
      if (x.length < 10 || p < 0.001) continue;
      const own = dipPValue(dip, x.length);
      expect(Math.abs(own - p), `${x.length}: ${own} for ${p}`).toBeLessThan(0.02 + 0.1 * p);
    }
  });

  test('quantiles have their p-values, and p-values fall', () => {
    for (const n of [12, 80, 3000, 100_000]) {
      for (const tail of [0.9, 0.5, 0.05, 0.015]) {
        expect(dipPValue(dipQuantile(tail, n), n)).toBeCloseTo(tail, 9);
      }
      const p = [0.3, 0.5, 0.7, 0.9, 1.5].map((x) => dipPValue(x / Math.sqrt(n), n));
      expect(p).toEqual([...p].sort((a, b) => b - a));
      expect(p[4]).toBeGreaterThan(0);
    }
  });

  test('of uniform numbers one in twenty has a p-value below 0.05, within 4 standard errors', () => {
    const random = Random.fromSeed(3);
    let below = 0;
    for (let r = 0; r < 400; r++) {
      const x = Float64Array.from({ length: 150 }, () => random.uniform()).sort();
      if (dipPValue(dipOf(x), 150) < 0.05) below += 1;
    }
    expect(Math.abs(below / 400 - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 400));
  });
});
