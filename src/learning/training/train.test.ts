import { describe, expect, test } from 'vitest';
import { chooseEngine } from '../../engine/choose.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { momentum } from '../../testing/momentum.ts';
import { blobs, dataOf, parabola } from '../../testing/small-trainings.ts';
import { mean, multiply, scale, stopGradient, subtract, sum } from '../operations/index.ts';
import { evaluate } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import { train } from './train.ts';

describe('a step', () => {
  test('is x ← x − rate·gradient: half way at rate ½, the losses as they were before', async () => {
    const { x, loss } = parabola();
    const { losses, ...result } = await train({ loss, steps: 3, update: momentum(0.5, 0) });
    expect(x.data).toEqual(Float64Array.of(3 - 3 / 8));
    expect(losses).toEqual(Float64Array.of(9 / 2, 9 / 8, 9 / 32));
    expect(result).toMatchObject({ steps: 3, loss: 9 / 32, engine: 'reference', ended: 'steps' });
    expect(result.parameters).toEqual([x]);
    expect(result.stepsPerSecond * result.seconds).toBeCloseTo(3, 9);
  });

  test('has the learning rate times the schedule’s factor', async () => {
    const { x, loss } = parabola();
    const schedule = (step: number, steps: number) => (step === steps ? 0 : 1 / step);
    await train({ loss, steps: 3, update: momentum(0.5, 0), schedule });
    expect(x.data[0]).toBe(3 - (3 / 2) * (3 / 4));
  });

  test('goes no farther than rate × clip, and says how long the gradient was', async () => {
    const { x, loss } = parabola(-5);
    const norms: number[] = [];
    await train({
      loss,
      steps: 1,
      update: momentum(1, 0),
      clip: 2,
      onStep: ({ gradientNorm }) => {
        norms.push(gradientNorm);
      },
    });
    expect([x.data[0], norms]).toEqual([-3, [8]]);
  });

  test('draws from its own stream, whatever earlier steps drew', async () => {
    const drawn = async (extra: number) => {
      const { loss } = parabola();
      const found: number[] = [];
      await train({
        loss: ({ step, random }) => {
          if (step === 1) for (let i = 0; i < extra; i++) random.uint32();
          if (step === 2) found.push(random.uint32());
          return loss();
        },
        steps: 2,
        seed: 4,
        update: momentum(0.1),
      });
      return found;
    };
    expect(await drawn(0)).toEqual(await drawn(7));
  });

  test('may have its own rule for each parameter', async () => {
    const [a, b] = ['a', 'b'].map((name) => parameter(name, Float64Array.of(1), [1]));
    await train({
      loss: () => sum(multiply(a, b)),
      steps: 1,
      update: ({ name }) => momentum(name === 'a' ? 0.25 : 0),
    });
    expect([a.data[0], b.data[0]]).toEqual([0.75, 1]);
  });

  test('reports terms for every step, NaN where it has none, and hands values to onStep', async () => {
    const { x, loss } = parabola();
    const seen: unknown[] = [];
    const { reports } = await train({
      loss({ step }) {
        const double = scale(x, 2);
        const total = sum(double);
        const root = subtract(loss(), scale(total, 0));
        return { loss: root, report: step > 1 ? { total } : {}, values: { double } };
      },
      steps: 2,
      update: momentum(0.5, 0),
      onStep: ({ report, values: { double } }) => {
        seen.push({ ...report, double: double.slice() });
      },
    });
    expect(reports).toEqual({ total: Float64Array.of(Number.NaN, 3) });
    expect(seen).toEqual([
      { double: Float64Array.of(0) },
      { total: 3, double: Float64Array.of(3) },
    ]);
  });
});

describe('a run', () => {
  test('learns: the loss of a small network falls by half and more', async () => {
    const { options } = blobs();
    const { losses } = await train({ ...options, steps: 60 });
    const meanOf = (a: number, b: number) =>
      losses.slice(a, b).reduce((all, loss) => all + loss, 0) / (b - a);
    expect(meanOf(50, 60)).toBeLessThan(meanOf(0, 10) / 2);
  });

  test('is the same with the same seed, and another with another', async () => {
    const end = async (seed: number) => {
      const { options, parameters } = blobs();
      await train({ ...options, seed });
      return dataOf(parameters);
    };
    expect(await end(1)).toEqual(await end(1));
    expect(await end(1)).not.toEqual(await end(2));
  });

  test('tells where it stands: the last report says all is done and nothing is left', async () => {
    const { loss } = parabola();
    const reports: unknown[] = [];
    await train({
      loss,
      steps: 4,
      update: momentum(0.1),
      onProgress: (progress) => reports.push(progress),
    });
    expect(reports.at(-1)).toMatchObject({
      stage: 'train',
      done: 1,
      step: 4,
      steps: 4,
      secondsLeft: 0,
    });
  });

  test('ends after the step in which the signal comes, and keeps and saves what it has', async () => {
    const { x, loss } = parabola();
    const controller = new AbortController();
    const store = memoryStore();
    const { steps, ended } = await train({
      loss,
      steps: 100,
      update: momentum(0.5, 0),
      signal: controller.signal,
      checkpoint: { store },
      onStep: ({ step }) => {
        if (step === 2) controller.abort();
      },
    });
    expect([steps, ended, x.data[0]]).toEqual([2, 'signal', 3 - 3 / 4]);
    expect(await store.load()).toBeDefined();
  });

  test('lets a timer run, so that a timer can end it', async () => {
    const { loss } = parabola();
    const signal = AbortSignal.timeout(30);
    expect(await train({ loss, steps: 1e9, update: momentum(0.1), signal })).toMatchObject({
      ended: 'signal',
    });
  });

  test('a signal that came before the first step stops it', async () => {
    const { loss } = parabola();
    const signal = AbortSignal.abort();
    await expect(train({ loss, steps: 1, update: momentum(1), signal })).rejects.toThrow(
      'train: stopped on request.',
    );
  });
});

describe('what is not finite', () => {
  test('a loss over finite parameters: the step is named, and nothing is saved', async () => {
    const x = parameter('encoder.0.weight', Float32Array.of(1, 1e30), [1, 2]);
    const store = memoryStore();
    const run = train({
      loss: () => mean(multiply(x, x)),
      steps: 9,
      update: momentum(1e20),
      checkpoint: { store, every: 1 },
    });
    await expect(run).rejects.toThrow(
      'train: the loss is Infinity at step 1: every parameter and every gradient is finite; a lower learning rate or `clip` may help, unless the batch itself holds such numbers.',
    );
    expect(await store.load()).toBeUndefined();
  });

  test('a gradient: its row and column', async () => {
    const table = parameter('table', new Float64Array(6).fill(1), [3, 2]);
    const holes = constant(Float64Array.of(1, 1, 1, 1, 1, Number.NaN), [3, 2]);
    const run = train({
      loss: () => sum(multiply(table, holes)),
      steps: 1,
      update: momentum(1),
    });
    await expect(run).rejects.toThrow(
      'train: the loss is NaN at step 1: the gradient of the parameter table is NaN in row 2, column 1;',
    );
  });

  test('a parameter after the last update: it is not saved, the checkpoint before it stays', async () => {
    const x = parameter('x', Float32Array.of(1, 2), [2]);
    const store = memoryStore();
    const saved: number[] = [];
    const run = train({
      loss: () => sum(multiply(x, x)),
      steps: 3,
      update: momentum(1, 0),
      schedule: (step) => (step === 3 ? 1e39 : 0.1),
      checkpoint: {
        store: {
          ...store,
          save: async (bytes) => {
            saved.push(bytes.length);
            await store.save(bytes);
          },
        },
        every: 2,
      },
    });
    await expect(run).rejects.toThrow(
      'train: after step 3 the parameter x is -Infinity in row 0, column 0;',
    );
    expect(saved.length).toBe(1);
  });

  test('a step after it: the parameter is to blame', async () => {
    const x = parameter('x', Float32Array.of(1), [1]);
    const run = train({
      loss: () => sum(multiply(x, x)),
      steps: 3,
      update: momentum(1, 0),
      schedule: (step) => (step === 1 ? 1e39 : 1),
    });
    await expect(run).rejects.toThrow(
      'train: the loss is Infinity at step 2: the parameter x is -Infinity in row 0, column 0;',
    );
  });
});

test('what lies below a stopped gradient is not moved, and is none of the parameters', async () => {
  const [a, b] = ['a', 'b'].map((name) => parameter(name, Float64Array.of(2), [1]));
  const { parameters } = await train({
    loss: () => sum(multiply(a, stopGradient(b))),
    steps: 1,
    update: momentum(1),
  });
  expect([parameters, a.data[0], b.data[0]]).toEqual([[a], 0, 2]);
});

test('two threads give the bytes of one', async () => {
  const end = async (threads: number) => {
    const engine = await chooseEngine('wasm', { threads });
    const { options, parameters } = blobs(engine);
    await train(options);
    await engine.dispose();
    return dataOf(parameters);
  };
  expect(await end(2)).toEqual(await end(1));
});

test('a value for onStep may be evaluated elsewhere meanwhile: the next step does not notice', async () => {
  const end = async (looks: boolean) => {
    const { options, parameters } = blobs();
    const [weight] = parameters;
    await train({
      ...options,
      onStep: async () => {
        if (looks) await evaluate(sum(weight));
      },
    });
    return dataOf(parameters);
  };
  expect(await end(true)).toEqual(await end(false));
});
