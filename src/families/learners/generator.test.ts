import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { koleo } from '../objectives/index.ts';
import { generator } from './generator.ts';

/** Two clumps of rows in the plane, at (5, 1) and (5, 3). */
function clumps(n: number) {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: 2 * n }, (_, e) => {
    const center = e % 2 === 0 ? 5 : 1 + 2 * (Math.floor(e / 2) % 2);
    return center + 0.1 * random.normal();
  });
  return { points: matrix(data, n, 2) };
}

const small = { steps: 24, batch: 16, hidden: 8, dim: 2, codeLength: 3, bank: 40, samples: 30 };

describe('generator', () => {
  test('draws rows where the given ones are', async () => {
    const { model, report } = await generator(clumps(200), {
      steps: 400,
      batch: 64,
      hidden: 32,
      adversarial: 'logistic',
      learningRate: 3e-3,
      schedule: 'constant',
      samples: 200,
    });
    const { points } = await generator.embed(model, {});
    let mean = 0;
    for (let i = 0; i < 200; i++) mean += points.data[2 * i] / 200;
    // Rows begin about the mean of the given ones; they stay where those lie.
    expect(Math.abs(mean - 5)).toBeLessThan(0.5);
    const { measured, coverage } = report;
    expect(measured).toBe(200);
    expect(coverage).toBeGreaterThan(0);
  });

  test('a saved model draws the rows of the one that was trained, in float64 too', async () => {
    const { points } = clumps(40);
    for (const data of [points.data, Float64Array.from(points.data)]) {
      const { model } = await generator({ points: matrix(data, 40, 2) }, small);
      const stored = await decodeModel(encodeModel(model), 'model');
      const own = await generator.embed(model, {});
      expect(own.points).toMatchObject({ rows: 30, cols: 2 });
      expect((await generator.embed(stored, {})).points).toEqual(own.points);
      expect(own.points.data.constructor).toBe(data.constructor);
    }
  });

  test('a step moves the one network or the other', async () => {
    const before: Record<string, Float32Array> = {};
    const moved: string[][] = [];
    await generator(
      clumps(40),
      { ...small, steps: 4 },
      {
        onStep(_, { parameters }) {
          const now = parameters.filter(({ name, data }) => {
            const old = before[name];
            before[name] = Float32Array.from(data);
            return old !== undefined && data.some((value, e) => value !== old[e]);
          });
          moved.push([...new Set(now.map(({ name }) => name.split('.')[0]))]);
        },
      },
    );
    expect(moved.slice(1)).toEqual([['discriminator'], ['discriminator'], ['generator']]);
  });

  test('the banks hold the last codes, and only where the entropy has a weight', async () => {
    const taken = async (entropyWeight: number) => {
      const { model } = await generator(clumps(40), { ...small, steps: 8, entropyWeight });
      const { real, drawn } = model.also ?? {};
      return [real, drawn].map(
        (arrays) => Object.entries(arrays ?? {}).find(([name]) => name === 'taken')?.[1][0],
      );
    };
    // Epochs of 16, 16 and 8 rows; steps 4 and 8 are the generator's.
    expect(await taken(0.1)).toEqual([16 + 16 + 8 + 16 + 8 + 16, 16 + 16]);
    expect(await taken(0)).toEqual([0, 0]);
  });

  test('a dispersion objective spreads the codes of drawn rows', async () => {
    const { losses } = await generator(clumps(40), small, { spread: koleo.bind() });
    const plain = await generator(clumps(40), small);
    expect(losses[2]).toBe(plain.losses[2]);
    expect(losses[3]).not.toBe(plain.losses[3]);
  });

  test('a run that is killed and resumed ends with the same bytes', async () => {
    const whole = await generator(clumps(40), small);
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = generator(clumps(40), small, {
      signal: controller.signal,
      checkpoint: { store, every: 5 },
      onStep: ({ step }) => {
        if (step === 13) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const rest = await generator(clumps(40), small, { checkpoint: { store }, resume: true });
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
  });

  test('says what is missing', async () => {
    await expect(generator({}, small)).rejects.toThrow('generator: vectors are needed.');
  });
});
