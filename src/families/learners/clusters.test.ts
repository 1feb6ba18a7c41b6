import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { clusters } from './clusters.ts';

/** Rows along three lines through 0 of eight dimensions, with a little noise; the class is the line. */
function lines(n: number) {
  const random = Random.fromSeed(2);
  const data = new Float32Array(8 * n);
  for (let i = 0; i < n; i++) {
    const along = 2 + random.uniform();
    for (let c = 0; c < 8; c++)
      data[8 * i + c] = (c === i % 3 ? along : 0) + 0.05 * random.normal();
  }
  return {
    points: matrix(data, n, 8),
    classes: Array.from({ length: n }, (_, i) => `line ${i % 3}`),
  };
}

const small = {
  ...{ steps: 40, batch: 30, dim: 6, hidden: 16, clusters: 3 },
  ...{ learningRate: 0.01, masked: 0, noise: 0.05 },
};

describe('clusters', () => {
  test('finds lines without their classes', async () => {
    const { report } = await clusters(lines(90), small);
    const { clusters: count, accuracy, mutualInformation } = report;
    expect(count).toBe(3);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(mutualInformation).toBeGreaterThan(0.7);
  });

  test('shares in clusters may merge two lines of three, no more', async () => {
    const { report } = await clusters(lines(90), { ...small, membership: 'softmax' });
    const { clusters: count, accuracy } = report;
    expect(count).toBeGreaterThan(1);
    expect(accuracy).toBeGreaterThan(0.6);
  });

  test('classes are not learned from', async () => {
    const { points, classes } = lines(60);
    const own = await clusters({ points, classes }, { ...small, steps: 6 });
    const without = await clusters({ points }, { ...small, steps: 6 });
    expect(encodeModel(without.model)).toEqual(encodeModel(own.model));
    const { clusters: count } = own.report;
    expect(without.report).toEqual({ clusters: count });
  });

  test('the cluster head begins as a copy of the feature head', async () => {
    const heads: boolean[] = [];
    await clusters(
      lines(60),
      { ...small, steps: 4, warmup: 0.5 },
      {
        onStep(_, { parameters }) {
          const of = (name: string) => parameters.find((one) => one.name === name)?.data;
          heads.push(
            of('features.weight')?.every((value, e) => value === of('clusters.weight')?.[e]) ??
              false,
          );
        },
      },
    );
    expect(heads).toEqual([false, true, false, false]);
  });

  test('embeddings are unit features, or a number for each cluster', async () => {
    const examples = lines(60);
    const { model } = await clusters(examples, { ...small, steps: 6 });
    const { points } = await clusters.embed(model, examples);
    expect([points.rows, points.cols]).toEqual([60, 6]);
    expect(Math.hypot(...points.data.subarray(0, 6))).toBeCloseTo(1, 5);
    const other = await clusters(examples, { ...small, steps: 40, embeds: 'clusters' });
    const { points: own } = await clusters.embed(
      await decodeModel(encodeModel(other.model), 'm'),
      examples,
    );
    expect([own.rows, own.cols]).toEqual([60, 3]);
    const largest = (i: number) => {
      const row = Array.from(own.data.subarray(3 * i, 3 * i + 3));
      return row.indexOf(Math.max(...row));
    };
    const same = Array.from({ length: 57 }, (_, i) => largest(i) === largest(i + 3));
    expect(same.filter(Boolean).length).toBeGreaterThan(50);
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const options = { ...small, steps: 12 };
    const whole = await clusters(lines(60), options);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = clusters(lines(60), options, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 7) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await clusters(lines(60), options, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('says what does not fit', async () => {
    const { points } = lines(20);
    await expect(clusters({ points }, { ...small, shift: 1 })).rejects.toThrow(
      'clusters: option "shift" must be 0 for rows of 8 numbers, which are no square image; got 1.',
    );
    const { model } = await clusters({ points }, { ...small, steps: 2 });
    await expect(
      clusters.embed(model, { points: matrix(new Float32Array(9), 3, 3) }),
    ).rejects.toThrow('clusters: expected rows of 8 columns, as the model learned; got 3 × 3.');
  });
});
