import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { angularShapeDistance } from './angular-shape-distance.ts';

const run = { engine: referenceEngine };

describe('angular-shape-distance', () => {
  test('independent rows: the plug-in form sees a likeness, the moment estimate does not', async () => {
    const pair = independentPair(60, 30, 30, 1);
    const plugIn = await angularShapeDistance(pair, {}, run);
    const moments = await angularShapeDistance(pair, { estimator: 'moments', degree: 2 }, run);
    expect(plugIn.value).toBeLessThan(1.15);
    expect(plugIn.null?.value).toBeCloseTo(plugIn.value, 1);
    expect(plugIn.warnings[0]).toMatch(/^too small: 60 rows are fewer than 10 for each of 30/);
    expect(Math.cos(moments.value)).toBeLessThan(0.12);
  });

  test('the moments of increasing cycles are unbiased: tr ΣΣᵀ and tr (ΣΣᵀ)² of a known law', async () => {
    // b = diag(1, ½)·a: Σ = diag(1, ½), so ‖Σ‖_∗ = 1.5, tr Σ_aa = 2, tr Σ_bb = 1.25.
    const truth = 1.5 / Math.sqrt(2 * 1.25);
    let sum = 0;
    for (let seed = 0; seed < 10; seed++) {
      const a = normalMatrix(120, 2, seed);
      const b = { ...a, data: a.data.map((x, i) => (i % 2 === 0 ? x : x / 2)) };
      const result = await angularShapeDistance({ a, b }, { estimator: 'moments' }, run);
      sum += Math.cos(result.value) / 10;
      expect(result.warnings[0]).toMatch(/^moment estimate from 120 rows: cos θ = /);
    }
    // The bound: two eigenvalues, 0.0742 each, over the same scale.
    expect(Math.abs(sum - truth)).toBeLessThan((2 * 0.0743) / Math.sqrt(2.5) + 0.08);
  });

  test.each([
    ['unrelated', 0],
    ['half alike', 0.5],
    ['alike', 1],
  ])(
    'the interval of the moment estimate holds the truth: %s, 30 rows, 10 dimensions',
    async (_, truth) => {
      let held = 0;
      let plugIn = 0;
      for (let seed = 0; seed < 20; seed++) {
        const a = normalMatrix(30, 10, seed);
        const own = normalMatrix(30, 10, 100 + seed);
        const b = {
          ...a,
          data: a.data.map((x, i) => truth * x + Math.sqrt(1 - truth * truth) * own.data[i]),
        };
        const holds = ({ low = 0, high = 0 }) =>
          Math.cos(high) <= truth + 1e-9 && truth <= Math.cos(low) + 1e-9;
        if (holds(await angularShapeDistance({ a, b }, { estimator: 'moments' }, run))) held++;
        if (holds(await angularShapeDistance({ a, b }, {}, run))) plugIn++;
      }
      expect(held).toBeGreaterThanOrEqual(18);
      if (truth < 1) expect(plugIn).toBeLessThan(5);
    },
  );

  test('a bias bound that no polynomial of the degree keeps is said', async () => {
    const pair = independentPair(60, 20, 20, 1);
    const options = { estimator: 'moments', maxBias: 0.01 } as const;
    const { warnings } = await angularShapeDistance(pair, options, run);
    expect(warnings[1]).toMatch(
      /^a bias of at most 0\.01 is out of reach with 3 moments: the least is 0\.\d\d\.$/,
    );
    const few = await angularShapeDistance(independentPair(10, 2, 2, 1), options, run);
    expect(few.warnings).toEqual(['needs 14 rows; got 10.']);
  });
});

describeComparisonLaws(angularShapeDistance, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 0,
});
