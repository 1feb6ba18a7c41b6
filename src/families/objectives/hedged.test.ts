import { describe, expect, test } from 'vitest';
import { type Matrix, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { objective } from '../../learning/operations/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { classesOfTwo, contextOf, partnersOfTwo } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { hedged } from './hedged.ts';

/** Two dimensions: means, then logarithms of variances that are next to nothing. */
const sure = (...means: readonly (readonly [number, number])[]): Matrix<Float64Array> =>
  fromRows(means.map(([x, y]) => [x, y, -80, -80]));
const softplus = (x: number) => Math.log1p(Math.exp(x));

describe('hedged', () => {
  test('of sure rows is the cross-entropy of σ(b − a·distance)', async () => {
    // Matches at distance 1, everything else at 5 or more.
    const points = sure([0, 0], [0.6, 0.8], [30, 0], [30.6, 0.8]);
    const options = { beta: 0, slope: 2, offset: 3 };
    const { loss } = await hedged(points, options, classesOfTwo(4));
    // −log σ(3 − 2), for half of the pairs; the others are beyond 28: below e⁻⁵³.
    expect(loss).toBeCloseTo(softplus(-1) / 2, 12);
    expect((await hedged(points, options, partnersOfTwo(4))).loss).toBeCloseTo(loss, 12);
  });

  test('without classes or partners a row matches its start, and no other start', async () => {
    const start = sure([0, 0], [40, 0], [0, 40]);
    const points = sure([0, 1], [40, 1], [1, 40]);
    const { loss } = await hedged(points, { beta: 0, slope: 2, offset: 3 }, { start });
    expect(loss).toBeCloseTo(softplus(-1) / 2, 12);
  });

  test('the divergence of a row is ½ Σ (σ² + μ² − 1 − log σ²)', async () => {
    const points = fromRows([
      [1, 2, 0, Math.log(4)],
      [1, 2, 0, Math.log(4)],
      [9, 9, 0, 0],
    ]);
    const run = { classes: Int32Array.of(0, 0, 1) };
    const without = await hedged(points, { beta: 0 }, run);
    const { loss } = await hedged(points, { beta: 2 }, run);
    // Four pairs of (0 or 1) with (the other, or 2).
    const own = (1 + 1 - 1 + (4 + 4 - 1 - Math.log(4))) / 2;
    expect((loss - without.loss) / 2).toBeCloseTo((6 * own + 2 * 81) / 4, 11);
  });

  test('more samples come nearer to the mean match of two Gaussians', async () => {
    // At one mean with variance 1 each, samples of one dimension differ by a normal of variance 2.
    const points = fromRows([
      [0, 0],
      [0, 0],
      [1e6, 0],
    ]);
    const run = { classes: Int32Array.of(0, 0, 1) };
    let mean = 0;
    const steps = 4000;
    for (let i = 0; i < steps; i++) {
      const z = -8 + (16 * (i + 0.5)) / steps;
      const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
      mean += (16 / steps) * density * (1 / (1 + Math.exp(Math.SQRT2 * Math.abs(z) - 1)));
    }
    const options = { beta: 0, slope: 1, offset: 1 };
    const { loss } = await hedged(points, { ...options, samples: 256 }, run);
    // 512 independent samples, each probability spread by less than ½: four standard errors of the mean.
    expect(Math.abs(Math.exp(-2 * loss) - mean)).toBeLessThan((4 * 0.5) / Math.sqrt(512));
  });

  test('draws matches and samples anew with the seed', async () => {
    const points = uniformRows(6, 4, 1);
    const [a, b, again] = await Promise.all(
      [1, 2, 1].map((seed) => hedged(points, {}, { ...classesOfTwo(6), seed })),
    );
    expect(a.loss).not.toBe(b.loss);
    expect(again.loss).toBe(a.loss);
  });

  test('has the gradient of its value off the sphere, by classes, partners and starts', async () => {
    const bound = hedged.bind({ samples: 3, beta: 0.1 });
    const start = { ...uniformRows(6, 4, 2) };
    for (const facts of [classesOfTwo(6), partnersOfTwo(6), { start }]) {
      const build = () => ({ ...facts, random: Random.fromSeed(3) });
      const ratios = await gradientRatios((x) => objective(x, bound, build()), [[6, 4]]);
      for (const ratio of ratios) expect(ratio).toBeGreaterThan(3.8);
    }
  });

  test('stays finite where no sample can match', async () => {
    const points = sure([0, 0], [1e5, 0], [0, 0], [0, 0]);
    const gradient = zerosLike(points);
    const loss = hedged
      .bind()
      .lossAndGradient(points, gradient, contextOf(1, undefined, classesOfTwo(4)));
    expect(await loss).toBeGreaterThan(1e5);
    expect(gradient.data.every(Number.isFinite)).toBe(true);
  });

  test('refuses an odd number of columns, and rows without a match or without another', async () => {
    await expect(hedged(uniformRows(4, 3, 1), {}, classesOfTwo(4))).rejects.toThrow(
      'hedged: expected an even number of columns, means and then logarithms of variances; got 4 × 3.',
    );
    await expect(hedged(uniformRows(2, 4, 1), {}, classesOfTwo(2))).rejects.toThrow(
      'hedged: no row has both a match and a row that does not match it.',
    );
  });
});
