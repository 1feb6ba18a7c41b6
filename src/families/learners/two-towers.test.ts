import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { LOSSES } from './support/towers/network.ts';
import { twoTowers } from './two-towers.ts';

/** n things of three normal numbers, seen in six columns and in five. */
function twoCameras(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const normal = (length: number) => Float64Array.from({ length }, () => random.normal());
  const things = normal(3 * n);
  const seen = (d: number) => {
    const camera = normal(3 * d);
    const data = Float32Array.from({ length: n * d }, (_, e) =>
      [0, 1, 2].reduce(
        (sum, k) => sum + things[3 * Math.floor(e / d) + k] * camera[3 * (e % d) + k],
        0,
      ),
    );
    return matrix(data, n, d);
  };
  return { points: seen(6), others: seen(5) };
}

const small = {
  ...{ steps: 150, batch: 32, dim: 8, hidden: 32, learningRate: 0.01 },
  softTemperature: 0.1,
} as const;

describe('two towers', () => {
  // Distance has no contrast to find partners by: it has a test of its own.
  const contrasts = LOSSES.filter((loss) => loss !== 'distance');

  test.each(contrasts)(
    'with %s find the partners of pairs they never saw, both ways',
    async (loss) => {
      const { report } = await twoTowers(twoCameras(200), { ...small, loss });
      // Chance finds 10 of 40.
      expect(report['heldOut']).toBe(40);
      expect(report['recallAt10']).toBeGreaterThan(0.75);
      expect(report['backRecallAt10']).toBeGreaterThan(0.75);
    },
  );

  test('distance learns to go where the other side is, which stays as it is', async () => {
    const options = { ...small, loss: 'distance', dim: 5, otherEncoder: 'none' } as const;
    const examples = twoCameras(200);
    const { report, model } = await twoTowers(examples, options);
    expect(report['recallAt10']).toBeGreaterThan(0.9);
    const { points } = await twoTowers.embed(model, { others: examples.others });
    const [x, y] = [points.data.subarray(0, 5), examples.others.data.subarray(0, 5)];
    const length = Math.hypot(...y);
    x.forEach((value, k) => {
      expect(value).toBeCloseTo(y[k] / length, 6);
    });
  });

  test('embeds either side, each row alone as among others, also from a saved model', async () => {
    const examples = twoCameras(60);
    const { model } = await twoTowers(examples, { ...small, steps: 10 });
    const stored = await decodeModel(encodeModel(model), 'm');
    const a = await twoTowers.embed(stored, { points: examples.points });
    const b = await twoTowers.embed(stored, { others: examples.others });
    expect([a.points.rows, a.points.cols, b.points.cols]).toEqual([60, 8, 8]);
    const alone = await twoTowers.embed(model, { others: gathered(examples.others, [7]) });
    expect(alone.points.data).toEqual(b.points.data.slice(56, 64));
  });

  test('meru embeds points of the hyperboloid with their radius, and keeps its scales within bounds', async () => {
    const examples = twoCameras(100);
    const { model, report } = await twoTowers(examples, { ...small, loss: 'meru', steps: 100 });
    expect(report['curvature']).toBeGreaterThanOrEqual(0.1);
    expect(report['curvature']).toBeLessThanOrEqual(10);
    const { points, columns } = await twoTowers.embed(model, { points: examples.points });
    expect(points.cols).toBe(9);
    for (let i = 0; i < 100; i++) {
      const [time, ...space] = points.data.subarray(9 * i, 9 * i + 9);
      // In float32: relative to the squares that are subtracted.
      const squares = space.reduce((sum, v) => sum + v * v, 0);
      expect(Math.abs(time * time - squares - 1) / (1 + squares)).toBeLessThan(1e-5);
      expect(columns?.['radius'][i]).toBeCloseTo(Math.acosh(time), 2);
    }
  });

  test('meru with its cones has more rows inside them than without', async () => {
    const entailed = async (entailment: number) => {
      const options = { ...small, loss: 'meru', entailment } as const;
      const { report } = await twoTowers(twoCameras(200), options);
      return report['entailed'];
    };
    expect(await entailed(1)).toBeGreaterThan(await entailed(0));
  });

  test('slap predicts for both sides what meets, and only where each predicts its own side too', async () => {
    const { report: both } = await twoTowers(twoCameras(200), { ...small, loss: 'slap' });
    const options = { ...small, loss: 'slap', across: 1 } as const;
    const { report: across } = await twoTowers(twoCameras(200), options);
    expect(both['recallAt1']).toBeGreaterThan(both['sharedRecallAt1']);
    expect(both['gap']).toBeLessThan(across['gap']);
    expect(both['recallAt1']).toBeGreaterThan(across['recallAt1']);
  });

  test('slap without a predictor embeds the shared rows themselves', async () => {
    const options = { ...small, loss: 'slap', predictor: false } as const;
    const { report } = await twoTowers(twoCameras(60), options);
    expect([report['recallAt1'], report['gap']]).toEqual([
      report['sharedRecallAt1'],
      report['sharedGap'],
    ]);
  });

  test('without a margin margin-softmax is clip, and weights of 0 add nothing', async () => {
    const examples = twoCameras(60);
    const options = { ...small, steps: 10 };
    const clip = await twoTowers(examples, { ...options, loss: 'clip' });
    const bare = await twoTowers(examples, { ...options, loss: 'margin-softmax', margin: 0 });
    expect(bare.losses).toEqual(clip.losses);
  });

  const terms = { clusterWeight: 1, clusters: 4, queue: 3, reconstructionWeight: 1 };

  test('centers and reconstruction enter the loss: the first once the queue is full', async () => {
    const reports: string[][] = [];
    await twoTowers(
      twoCameras(60),
      { ...small, ...terms, steps: 4 },
      { onStep: ({ report }) => void reports.push(Object.keys(report).toSorted()) },
    );
    expect(reports.slice(0, 3)).toEqual(Array(3).fill(['pairs', 'reconstruction']));
    expect(reports[3]).toEqual(['clusters', 'pairs', 'reconstruction']);
  });

  test('reconstruction is learned from embeddings that have room for what was seen', async () => {
    const missed: number[] = [];
    await twoTowers(
      twoCameras(200),
      { ...small, reconstructionWeight: 1 },
      { onStep: ({ report }) => void missed.push(report['reconstruction']) },
    );
    expect(missed[149]).toBeLessThan(missed[0] / 2);
  });

  test.each([
    { loss: 'slap' },
    { loss: 'm3' },
    { loss: 'bi-mixco' },
    { loss: 'margin-softmax', ...terms },
  ] as const)('$loss: a run that is killed and resumed ends with the same bytes', async (own) => {
    const examples = twoCameras(50);
    const options = { ...small, steps: 30, ...own };
    const whole = await twoTowers(examples, options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = twoTowers(examples, options, {
      signal: controller.signal,
      checkpoint: { store, every: 7 },
      onStep: ({ step }) => {
        if (step === 17) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await twoTowers(examples, options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('a constant column and equal rows are taken as they are', async () => {
    const { points, others } = twoCameras(40);
    const flat = { ...points, data: points.data.map((x, e) => (e % 6 === 0 ? 3 : x)) };
    const { report } = await twoTowers({ points: flat, others }, { ...small, steps: 20 });
    expect(report['recallAt10']).toBeGreaterThan(0);
    const equal = { ...others, data: others.data.map((_, e) => others.data[e % 5]) };
    const nothing = await twoTowers({ points, others: equal }, { ...small, steps: 20 });
    // Eight held out whose partners are equally near: chance finds one in eight, not all.
    expect(nothing.report['recallAt1']).toBeCloseTo(1 / 8, 12);
  });

  test('says what does not fit', async () => {
    const { points, others } = twoCameras(20);
    await expect(twoTowers({ points }, small)).rejects.toThrow(
      'two-towers: vectors of the other side are needed.',
    );
    await expect(twoTowers({ points, others: gathered(others, [0, 1]) }, small)).rejects.toThrow(
      'two-towers: expected 20 vectors of the other side, one an example; got 2.',
    );
    const hole = { ...others, data: others.data.map((x, e) => (e === 11 ? NaN : x)) };
    await expect(twoTowers({ points, others: hole }, small)).rejects.toThrow(
      'two-towers, others: 1 row has values',
    );
    await expect(twoTowers({ points, others }, { ...small, otherEncoder: 'none' })).rejects.toThrow(
      'two-towers: option "dim" must be 5, the columns of the other side, where its encoder is none; got 8.',
    );
    await expect(twoTowers({ points, others }, { ...small, batch: 1 })).rejects.toThrow(
      'two-towers: option "batch" must be at least 2; got 1.',
    );
    await expect(
      twoTowers({ points, others }, { ...small, loss: 'meru', clusterWeight: 1 }),
    ).rejects.toThrow(
      'two-towers: option "clusterWeight" must be 0 with the loss meru, which has no unit rows of its pairs at every step; got 1.',
    );
    await expect(
      twoTowers({ points, others }, { ...small, clusterWeight: 1, clusters: 33, queue: 2 }),
    ).rejects.toThrow(
      'two-towers: option "clusters" must be at most 32, the rows of the queue (queue × batch); got 33.',
    );
    const one = { points: gathered(points, [0]), others: gathered(others, [0]) };
    await expect(twoTowers(one, small)).rejects.toThrow('two pairs or more to learn from');
    const { model } = await twoTowers({ points, others }, { ...small, steps: 2 });
    await expect(twoTowers.embed(model, { points, others })).rejects.toThrow(
      'two-towers: points and others were given; embed one side at a time.',
    );
    await expect(twoTowers.embed(model, { others: points })).rejects.toThrow(
      'two-towers: expected rows of 5 columns, as the model learned; got 20 × 6.',
    );
  });
});
