import { describe, expect, test } from 'vitest';
import { chooseEngine, type Engine } from '../../engine/index.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { momentum } from '../../testing/momentum.ts';
import { resumableTraining as problem } from '../../testing/resumable-training.ts';
import { multiply, sum } from '../operations/index.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import type { TrainOptions } from './options.ts';
import { train } from './train.ts';

class Killed extends Error {}

/** Trains until the step in which it is killed, then goes on in a program that starts anew. */
async function brokenOff(engine: Engine, killedIn: number): Promise<Uint8Array | undefined> {
  const store = memoryStore();
  const { options } = problem(engine);
  const checkpoint = { store, every: 1 };
  const onStep: TrainOptions['onStep'] = async (step) => {
    if (step.step === killedIn) throw new Killed();
    await options.onStep?.(step);
  };
  await expect(train({ ...options, onStep, checkpoint })).rejects.toThrow(Killed);
  // Other first values: all that counts is in the checkpoint.
  const { resumedAfter, steps } = await train({
    ...problem(engine, 99).options,
    checkpoint,
    resume: true,
  });
  expect([resumedAfter, steps]).toEqual([killedIn - 1, 20]);
  return store.load();
}

async function straight(engine: Engine): Promise<Uint8Array | undefined> {
  const store = memoryStore();
  await train({ ...problem(engine).options, checkpoint: { store, every: 1 } });
  return store.load();
}

describe('a run that was killed and resumed', () => {
  test.each([
    ['wasm', 1],
    ['wasm', 2],
    ['auto', 2],
  ] as const)('ends with the bytes of one that was not: %s, %i threads', async (name, threads) => {
    const engine = await chooseEngine(name, { threads });
    const whole = await straight(engine);
    for (const killedIn of [2, 8, 20]) expect(await brokenOff(engine, killedIn)).toEqual(whole);
    await engine.dispose();
  });

  test('gives the same bytes with one thread and two', async () => {
    const ends = [];
    for (const threads of [1, 2]) {
      const engine = await chooseEngine('wasm', { threads });
      ends.push(await straight(engine));
      await engine.dispose();
    }
    expect(ends[0]).toEqual(ends[1]);
  });

  test('has the losses, reports and held-out values of all its steps', async () => {
    const results = [];
    for (const breaks of [false, true]) {
      const { options, running, parameters } = problem(referenceEngine);
      const checkpoint = { store: memoryStore() };
      if (breaks) await train({ ...options, signal: abortedAfter(7, options), checkpoint });
      const next = breaks ? problem(referenceEngine, 7) : { options, running, parameters };
      const result = await train({ ...next.options, checkpoint, resume: true });
      const { losses, reports, heldOut, steps } = result;
      const data = next.parameters.map((one) => one.data);
      results.push({ losses, reports, heldOut, steps, data, mean: next.running.mean[0] });
    }
    expect(results[0]).toEqual(results[1]);
  });

  test('that had come to its end has nothing to do but to give back the parameters', async () => {
    const store = memoryStore();
    const first = problem(referenceEngine);
    await train({ ...first.options, checkpoint: { store } });
    const again = problem(referenceEngine, 5);
    const result = await train({ ...again.options, checkpoint: { store }, resume: true });
    expect(result).toMatchObject({
      steps: 20,
      stepsPerSecond: 0,
      ended: 'steps',
      resumedAfter: 20,
    });
    expect(again.parameters.map(({ data }) => data)).toEqual(
      first.parameters.map(({ data }) => data),
    );
  });

  test('on another engine says so', async () => {
    const store = memoryStore();
    const { options } = problem(referenceEngine);
    await train({ ...options, steps: 4, checkpoint: { store } });
    const engine = await chooseEngine('wasm', { threads: 1 });
    const { warnings } = await train({
      ...problem(engine).options,
      checkpoint: { store },
      resume: true,
    });
    await engine.dispose();
    expect(warnings).toEqual([
      'The steps up to 4 were made on the engine reference, those after it on wasm; bytes repeat on one engine only.',
    ]);
  });

  test('may go on for more steps than were asked for first', async () => {
    const store = memoryStore();
    const { options } = problem(referenceEngine);
    await train({ ...options, steps: 4, checkpoint: { store } });
    const more = await train({
      ...problem(referenceEngine).options,
      steps: 6,
      checkpoint: { store },
      resume: true,
    });
    expect([more.steps, more.losses.length]).toEqual([6, 6]);
  });

  test('knows parameters that only other steps move, where they are named', async () => {
    const two = () =>
      ['a', 'b'].map((name) => parameter(name, Float64Array.of(name === 'a' ? 1 : 2), [1]));
    /** Odd steps move a, even ones b. */
    const options = ([a, b]: readonly Parameter[]): TrainOptions => ({
      loss: ({ step }) => sum(multiply(step % 2 ? a : b, step % 2 ? a : b)),
      steps: 5,
      update: momentum(0.1),
      engine: referenceEngine,
    });
    const whole = two();
    await train(options(whole));
    const store = memoryStore();
    const before = two();
    await train({ ...options(before), steps: 2, checkpoint: { store } });
    const after = two();
    const rest = { ...options(after), checkpoint: { store }, resume: true };
    await expect(train(rest)).rejects.toThrow(
      'memory: the checkpoint has the tensor parameters/b, which neither the loss nor `parameters` has here.',
    );
    await train({ ...rest, parameters: after });
    expect(after.map(({ data }) => data)).toEqual(whole.map(({ data }) => data));
  });
});

/** A signal that aborts once as many steps were made. */
function abortedAfter(step: number, options: TrainOptions): AbortSignal {
  const controller = new AbortController();
  const { onStep } = options;
  Object.assign(options, {
    onStep: async (done: Parameters<NonNullable<typeof onStep>>[0]) => {
      await onStep?.(done);
      if (done.step === step) controller.abort();
    },
  });
  return controller.signal;
}
