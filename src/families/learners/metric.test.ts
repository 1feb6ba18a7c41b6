import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { encodeModel, objective } from '../../learning/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { metric } from './metric.ts';
import { splitByClass } from './support/class-split.ts';
import { contrastivePairs } from './support/contrastive-pairs.ts';
import { pairDistances, verification } from './support/verification.ts';

/** Rows about eight centers in eight dimensions. */
function clusters(n: number) {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: n * 8 }, (_, e) => {
    const [i, c] = [Math.floor(e / 8), e % 8];
    return (c === i % 8 ? 5 : 0) + random.normal();
  });
  const classes = Array.from({ length: n }, (_, i) => `class ${i % 8}`);
  return { points: matrix(data, n, 8), classes };
}

const small = { steps: 80, batch: 32, dim: 6, hidden: 16, learningRate: 0.01, heldOut: 0.25 };

describe('metric', () => {
  test.each(['triplet', 'sup-con', 'proxies', 'contrastive'] as const)(
    'tells classes it never saw by the loss %s better than chance',
    async (loss) => {
      const { report } = await metric(clusters(160), { ...small, loss });
      const { heldOutClasses, rows, recallAt1, equalErrorRate } = report;
      expect([heldOutClasses, rows]).toEqual([2, 40]);
      // Of two classes chance is ½ for both; 0.66 is two standard errors of 40 rows above it.
      expect(recallAt1).toBeGreaterThan(0.66);
      expect(equalErrorRate).toBeLessThan(0.5);
    },
  );

  test('embeds into unit rows', async () => {
    const examples = clusters(48);
    const { model } = await metric(examples, { ...small, steps: 3 });
    const { points } = await metric.embed(model, examples);
    expect(points.cols).toBe(6);
    for (let i = 0; i < 48; i++)
      expect(Math.hypot(...points.data.subarray(i * 6, (i + 1) * 6))).toBeCloseTo(1, 5);
  });

  test('embeddings of an earlier version draw those of a new one to their places', async () => {
    const examples = clusters(160);
    const own = Int32Array.from(examples.classes, (name) => Number(name.slice(6)));
    const first = await metric(examples, { ...small, seed: 1, heldOut: 0 });
    const { points: previous } = await metric.embed(first.model, examples);
    const across = async (also: object) => {
      const next = await metric({ ...examples, ...also }, { ...small, seed: 2, heldOut: 0 });
      const { points } = await metric.embed(next.model, examples);
      const { same, different } = pairDistances(points, own, previous);
      const mean = (list: ArrayLike<number>) =>
        Array.from(list).reduce((sum, x) => sum + x, 0) / list.length;
      return mean(different) - mean(same);
    };
    expect(await across({ previous })).toBeGreaterThan((await across({})) + 0.5);
  });

  test('is measured on the rows it learned from where no two classes can be set aside', async () => {
    const { points, classes } = clusters(24);
    const two = classes.map((name) => (name < 'class 4' ? 'low' : 'high'));
    const { report } = await metric({ points, classes: two }, { ...small, steps: 2 });
    const { heldOutClasses, rows } = report;
    expect([heldOutClasses, rows]).toEqual([0, 24]);
  });

  test('says what does not fit', async () => {
    const examples = clusters(16);
    const classes = examples.classes.map((_, i) => `${i}`);
    await expect(metric({ ...examples, classes }, small)).rejects.toThrow(
      'metric: 16 classes for 16 examples: a class needs several (is this a column of names?).',
    );
    const previous = matrix(new Float32Array(16 * 5), 16, 5);
    await expect(metric({ ...examples, previous }, small)).rejects.toThrow(
      'metric: expected 16 × 6 previous embeddings; got 16 × 5.',
    );
  });
});

describe('verification', () => {
  const points = matrix(Float64Array.of(0, 1, 10, 12, 30), 5, 1);

  test('compares every pair once, and each row with its nearest', () => {
    const { same, different } = pairDistances(points, [0, 0, 1, 1, 1]);
    expect(Array.from(same)).toEqual([1, 2, 20, 18]);
    expect(Array.from(different)).toEqual([10, 9, 12, 11, 30, 29]);
    const found = verification(points, [0, 0, 1, 1, 1]);
    // 1 and 2 stand below 9, the nearest pair of two classes.
    expect([found.validationRate, found.falseAcceptRate, found.threshold]).toEqual([0.5, 0, 9]);
    expect(found.recallAt1).toBe(1);
  });

  test('a row alone in its class is not asked for its nearest', () => {
    expect(verification(points, [0, 1, 2, 2, 3]).recallAt1).toBe(1);
    expect(verification(points, [0, 1, 0, 2, 3]).recallAt1).toBe(0);
  });

  test('refuses classes for other rows', () => {
    expect(() => verification(points, [0, 1])).toThrow('verification: expected 5 classes; got 2.');
  });
});

describe('contrastive pairs', () => {
  const classes = Int32Array.of(0, 0, 1);

  test('are half of d², and half of the squared gap to the margin', async () => {
    const x = { data: Float64Array.of(0, 1, 3), rows: 3, cols: 1 };
    const gradient = { data: new Float64Array(3), rows: 3, cols: 1 };
    const context = { classes } as never;
    const loss = await contrastivePairs(2.5).lossAndGradient(x, gradient, context);
    // One pair of one class at 1; of two others one at 3, one at 2.
    expect(loss).toBe(1 / 2 + (0.5 * 0.5) / 4);
    expect(Array.from(gradient.data)).toEqual([-1, 1.25, -0.25]);
  });

  test('have the gradient of their value', async () => {
    const loss = contrastivePairs(1.5);
    for (const ratio of await gradientRatios((x) => objective(x, loss, { classes }), [[3, 2]]))
      expect(ratio).toBeGreaterThan(3.8);
  });
});

test('of the classes a share is set aside whole, two at least, and two stay', () => {
  const classes = Int32Array.from({ length: 20 }, (_, i) => i % 5);
  const { train, heldOut, heldOutClasses } = splitByClass(classes, 5, 0.1, 1);
  expect(heldOutClasses).toBe(2);
  expect([train.length, heldOut.length]).toEqual([12, 8]);
  expect(new Set(heldOut.map((row) => classes[row])).size).toBe(2);
  expect(splitByClass(classes, 5, 0, 1).heldOutClasses).toBe(0);
  expect(splitByClass(classes, 5, 0.8, 1).heldOutClasses).toBe(0);
});

test('the same seed learns the same bytes, and another other ones', async () => {
  const bytes = async (seed: number) =>
    encodeModel((await metric(clusters(32), { ...small, steps: 5, seed })).model);
  expect(await bytes(1)).toEqual(await bytes(1));
  expect(await bytes(1)).not.toEqual(await bytes(2));
});
