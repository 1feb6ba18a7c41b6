import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { constant, evaluate, type Tensor, Workspace } from '../../../learning/index.ts';
import { gradientRatios } from '../../../testing/gradient-check.ts';
import {
  contrastOfCodes,
  divergenceFromNormal,
  drawn,
  normalCode,
  normalLoss,
  ownLogDensity,
  squaredLoss,
} from './latent.ts';

const like = new Float64Array(1);
const tensor = (shape: readonly number[], ...values: number[]) =>
  constant(Float64Array.from(values), shape);
const numbersOf = async (x: Tensor) =>
  Array.from(await evaluate(x, new Workspace(referenceEngine)));

describe('codes that are normal distributions', () => {
  test('a log variance stays above the least', async () => {
    const { mean, logVariance } = normalCode(tensor([1, 4], 1, 2, -100, 30), -6, like);
    expect(await numbersOf(mean)).toEqual([1, 2]);
    expect(await numbersOf(logVariance)).toEqual([-6, expect.closeTo(30, 12)]);
  });

  test('draws have the mean and the variance', async () => {
    const n = 4000;
    const columns = constant(
      Float64Array.from({ length: 2 * n }, (_, e) => (e % 2 === 0 ? 3 : Math.log(4))),
      [n, 2],
    );
    const z = await numbersOf(drawn(normalCode(columns, -50, like), Random.fromSeed(1), like));
    const mean = z.reduce((a, b) => a + b) / n;
    const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Four standard errors: 2/√n and 4·√(2/n).
    expect(Math.abs(mean - 3)).toBeLessThan(8 / Math.sqrt(n));
    expect(Math.abs(variance - 4)).toBeLessThan(16 * Math.sqrt(2 / n));
  });

  test('losses in closed form: two rows of one coordinate', async () => {
    const code = { mean: tensor([2, 1], 1, 3), logVariance: tensor([2, 1], 0, Math.log(2)) };
    const divergence = (1 + 1 - 1 - 0 + (9 + 2 - 1 - Math.log(2))) / 4;
    expect(await numbersOf(divergenceFromNormal(code, like))).toEqual([
      expect.closeTo(divergence, 12),
    ]);
    expect(await numbersOf(normalLoss(code.mean))).toEqual([expect.closeTo(2.5, 12)]);
    expect(await numbersOf(ownLogDensity(code))).toEqual([expect.closeTo(-Math.log(2) / 4, 12)]);
    expect(await numbersOf(squaredLoss(code.mean, tensor([2, 1], 0, 0), 2))).toEqual([
      expect.closeTo(10 / 16, 12),
    ]);
  });
});

describe('the contrast of codes', () => {
  test.each([2, 3, 64])(
    'is log 2 for %i rows whose codes tell nothing: the negatives are averaged',
    async (n) => {
      const same = constant(new Float64Array(2 * n).fill(1), [n, 2]);
      expect(await numbersOf(contrastOfCodes(same, same, 0.1, like))).toEqual([
        expect.closeTo(Math.log(2), 12),
      ]);
    },
  );

  test('by hand: orthogonal codes at temperature 1, and 0 for a row alone', async () => {
    const axes = tensor([2, 2], 5, 0, 0, 3);
    expect(await numbersOf(contrastOfCodes(axes, axes, 1, like))).toEqual([
      expect.closeTo(Math.log(1 + Math.exp(-1)), 12),
    ]);
    const one = tensor([1, 2], 5, 1);
    expect(await numbersOf(contrastOfCodes(one, one, 1, like))).toEqual([expect.closeTo(0, 12)]);
  });

  test('all terms have the gradient of their value', async () => {
    const ratios = await gradientRatios(
      (columns) => {
        const code = normalCode(columns, -3, like);
        return contrastOfCodes(drawn(code, Random.fromSeed(2), like), code.mean, 0.5, like);
      },
      [[4, 6]],
    );
    const divergence = await gradientRatios(
      (columns) => divergenceFromNormal(normalCode(columns, -3, like), like),
      [[4, 6]],
    );
    expect(Math.min(...ratios, ...divergence)).toBeGreaterThan(3.8);
  });
});
