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
});

describeComparisonLaws(angularShapeDistance, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 0,
});
