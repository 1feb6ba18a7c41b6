import { describe, expect, test } from 'vitest';
import { OptionError, ShapeError } from '../../core/errors.ts';
import { exp, log } from '../../core/numeric.ts';
import { mmdToUniform } from '../../structures/uniform/expectation.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../testing/points.ts';
import { gaussianEnergy } from './gaussian-energy.ts';
import { uniformity } from './uniformity.ts';

describe('uniformity', () => {
  test('of a simplex is −t · 2(d+1)/d, and 0 where all points coincide', async () => {
    for (const d of [1, 2, 3, 7]) {
      expect((await uniformity(simplex(d), { t: 2 })).loss).toBeCloseTo((-4 * (d + 1)) / d, 12);
    }
    const together = await uniformity(fromRows(Array(3).fill([1, 0])));
    // Below θ₀ = 2⁻²⁰ the kernel goes on linearly, to 1 + tθ₀².
    expect(together.loss).toBeCloseTo(2 * 2 ** -40, 15);
  });
  test('is the logarithm of the Gaussian energy, gradients included', async () => {
    const points = uniformRows(20, 5, 1);
    const energy = await gaussianEnergy(points, { gamma: 2 });
    const own = await uniformity(points, { t: 2 });
    expect(own.loss).toBeCloseTo(log(energy.loss), 13);
    for (let i = 0; i < own.gradient.data.length; i++) {
      expect(own.gradient.data[i]).toBeCloseTo(energy.gradient.data[i] / energy.loss, 13);
    }
  });
  test('leaves out self-pairs: its exponential is an unbiased MMD plus a constant', async () => {
    // Over 60 uniform sets the squared MMD averages to 0; self-pairs would add (1 − κ₀)/n = 0.1.
    let mean = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { loss } = await uniformity(uniformRows(10, 3, seed));
      const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 } as const;
      const verdict = mmdToUniform(exp(loss), kernel, 3);
      if (verdict.positiveDefinite) mean += verdict.value / 60;
    }
    expect(Math.abs(mean)).toBeLessThan(0.01);
  });
  test('refuses one point, and a t at which every pair vanishes', async () => {
    await expect(uniformity(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
    await expect(uniformity(orthoplex(2), { t: 1000 })).rejects.toThrow(OptionError);
  });
  describeObjectiveLaws(uniformity.bind());
});
