import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { contrastive } from './contrastive.ts';

function clusters(n: number) {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: n * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), e % 5];
    return (c === i % 5 ? 4 : 0) + random.normal();
  });
  const classes = Array.from({ length: n }, (_, i) => `class ${i % 5}`);
  return { points: matrix(data, n, 5), classes };
}

const small = { steps: 80, batch: 40, dim: 5, hidden: 16, learningRate: 0.01, heldOut: 0.3 };

describe('contrastive', () => {
  test.each([
    { negatives: 1, blocks: 1 },
    { negatives: 4, blocks: 1 },
    { negatives: 1, blocks: 3 },
  ])('learns to tell hidden classes by their means, within its bound: %o', async (own) => {
    const { report } = await contrastive(clusters(200), { ...small, ...own });
    const { meanClassifierLoss, bound, meanClassifierAccuracy, heldOut } = report;
    expect(heldOut).toBe(60);
    expect(meanClassifierLoss).toBeLessThanOrEqual(bound);
    expect(meanClassifierAccuracy).toBeGreaterThan(0.9);
  });

  test('the first loss of rows that all lie at one point is log₂(1 + k)', async () => {
    const points = matrix(new Float32Array(100).fill(1), 20, 5);
    const classes = Array.from({ length: 20 }, (_, i) => `${i % 2}`);
    const options = { ...small, steps: 1, batch: 8, negatives: 3, radius: 1 };
    const { loss } = await contrastive({ points, classes }, options);
    expect(loss).toBeCloseTo(2, 5);
  });

  test('embeds into rows of the radius', async () => {
    const examples = clusters(20);
    const { model } = await contrastive(examples, { ...small, steps: 2, radius: 2 });
    const { points } = await contrastive.embed(model, examples);
    for (let i = 0; i < 20; i++)
      expect(Math.hypot(...points.data.subarray(i * 5, (i + 1) * 5))).toBeCloseTo(2, 5);
  });

  test('says what does not fit', async () => {
    const { points, classes } = clusters(20);
    await expect(
      contrastive({ points, classes }, { ...small, batch: 8, negatives: 8 }),
    ).rejects.toThrow(
      'contrastive: option "negatives" must be at most the 7 other rows of a batch; got 8.',
    );
    const alone = classes.map((_, i) => `${i}`);
    await expect(contrastive({ points, classes: alone }, small)).rejects.toThrow(
      'contrastive: 20 classes for 20 examples: a class needs several (is this a column of names?).',
    );
  });
});
