import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine, type Engine } from '../../engine/index.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { type ByteStore, memoryStore } from '../../io/byte-store.ts';
import { decodeTensors, encodeTensors } from '../../io/tensors.ts';
import { momentum } from '../../testing/momentum.ts';
import { embedding, linear, mean, multiply, relu, sum } from '../operations/index.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import type { TrainOptions } from './options.ts';
import { train } from './train.ts';

interface Description {
  format?: string;
  version: number;
  seed: number;
  step: number;
  updates?: Record<string, string>;
}

/** Looks rows up, sends them through two layers, and wants the outcome small; draws rows, keeps a running mean. */
function problem(engine: Engine, start = 1) {
  const draws = Random.fromSeed(start);
  const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());
  const parameters: readonly Parameter[] = [
    parameter('table', normals(40), [10, 4], { byRows: true }),
    parameter('0.weight', normals(64), [16, 4]),
    parameter('1.weight', normals(48), [3, 16]),
  ];
  const [table, w0, w1] = parameters;
  const running = { mean: new Float64Array(1) };
  const options: TrainOptions = {
    loss({ random }) {
      const ids = Array.from({ length: 6 }, () => random.integer(10));
      const y = linear(relu(linear(embedding(table, ids), w0)), w1);
      const root = mean(multiply(y, y));
      return { loss: root, report: { size: root } };
    },
    steps: 20,
    seed: 3,
    update: momentum(0.02),
    engine,
    onStep: ({ loss }) => {
      running.mean[0] = 0.9 * running.mean[0] + 0.1 * loss;
    },
    heldOut: { value: () => sumOf(w1), every: 3, better: 'lower' },
    also: { running },
  };
  return { parameters, options, running };
}

const sumOf = ({ data }: Parameter) => [...data].reduce((all, value) => all + Math.abs(value), 0);

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

describe('a checkpoint', () => {
  /** The last checkpoint of a short run. */
  async function saved(): Promise<ByteStore> {
    const store = memoryStore('run.safetensors');
    const { options } = problem(referenceEngine);
    await train({ ...options, steps: 4, checkpoint: { store } });
    return store;
  }

  async function contents(store: ByteStore) {
    const bytes = (await store.load()) ?? new Uint8Array();
    const { tensors, metadata } = await decodeTensors(bytes);
    const { tammes = '' } = metadata as { tammes?: string };
    return [tensors, JSON.parse(tammes) as Description] as const;
  }

  /** The same with its description, or its tensors, changed. */
  async function changed(
    change: (description: Description, names: string[]) => void,
  ): Promise<ByteStore> {
    const store = await saved();
    const [tensors, description] = await contents(store);
    const names = [...tensors.keys()];
    change(description, names);
    const kept = [...tensors.values()].filter(({ name }) => names.includes(name));
    await store.save(encodeTensors(kept, { tammes: JSON.stringify(description) }));
    return store;
  }

  const resumed = (store: ByteStore, options: Partial<TrainOptions> = {}) =>
    train({
      ...problem(referenceEngine).options,
      ...options,
      checkpoint: { store },
      resume: true,
    });

  test('a run goes on under the conditions of the checkpoint alone', async () => {
    const store = memoryStore('run.safetensors');
    const conditions = { data: 'mnist', loss: 'triplet' };
    const { options } = problem(referenceEngine);
    await train({ ...options, conditions, checkpoint: { store } });
    expect((await resumed(store, { conditions })).steps).toBe(options.steps);
    const refused = (now: Record<string, string> | undefined, sentence: string) =>
      expect(resumed(store, { conditions: now })).rejects.toThrow(`run.safetensors: ${sentence}`);
    await refused(
      { ...conditions, loss: 'proxies' },
      'loss of the checkpoint is triplet, and here proxies; go on as it began, or leave out resume (--resume)',
    );
    await refused(undefined, 'data of the checkpoint is mnist, and here not given;');
    await refused({ ...conditions, size: '8' }, 'size of the checkpoint is not known, and here 8;');
  });

  test('holds parameters, what rules remember, losses and more, by name', async () => {
    const store = await saved();
    const [tensors, description] = await contents(store);
    expect([...tensors.keys()].toSorted()).toEqual([
      'also/running/mean',
      'best/also/running/mean',
      'best/parameters/0.weight',
      'best/parameters/1.weight',
      'best/parameters/table',
      'held-out',
      'losses',
      'parameters/0.weight',
      'parameters/1.weight',
      'parameters/table',
      'reports/size',
      'updates/0.weight/velocity',
      'updates/1.weight/velocity',
      'updates/table/velocity',
    ]);
    expect(tensors.get('best/parameters/table')?.shape).toEqual([10, 4]);
    expect(description).toEqual({
      format: 'tammes-checkpoint',
      version: 1,
      step: 4,
      seed: 3,
      engine: 'reference',
      updates: { '0.weight': 'momentum', '1.weight': 'momentum', table: 'momentum' },
    });
  });

  test('of another version, format or seed is refused with a sentence', async () => {
    const cases: [(description: Description) => void, string][] = [
      [(d) => (d.version = 2), 'the checkpoint has version 2; this Tammes reads version 1.'],
      [
        (d) => (d.format = 'tammes-model'),
        'a checkpoint is expected (tammes-checkpoint); this is "tammes-model".',
      ],
      [
        (d) => delete d.format,
        'a checkpoint of Tammes is expected, which describes itself as one.',
      ],
      [(d) => (d.seed = 4), 'the checkpoint has the seed 4; this run has 3.'],
      [(d) => (d.step = 5), 'the checkpoint of step 5 has not as many losses.'],
      [(d) => delete d.updates, 'the description of the checkpoint is damaged.'],
      [
        (d) => Object.assign(d.updates ?? {}, { table: 'adam' }),
        'the parameter table was moved by adam; here it is momentum.',
      ],
    ];
    for (const [change, sentence] of cases)
      await expect(resumed(await changed(change))).rejects.toThrow(`run.safetensors: ${sentence}`);
  });

  test('beyond the last step is refused', async () => {
    await expect(resumed(await saved(), { steps: 3 })).rejects.toThrow(
      'run.safetensors: the checkpoint stands after step 4; this run ends after 3.',
    );
  });

  test('that lacks a parameter, or what its rule remembers, is refused', async () => {
    const without = (name: string) => changed((_, names) => names.splice(names.indexOf(name), 1));
    await expect(resumed(await without('parameters/0.weight'))).rejects.toThrow(
      'run.safetensors: the tensor parameters/0.weight (16 × 4 float32) is expected, and missing.',
    );
    await expect(resumed(await without('updates/table/velocity'))).rejects.toThrow(
      'run.safetensors: the tensor updates/table/velocity (40 float32) is expected, and missing.',
    );
  });

  test('of parameters of another shape is refused', async () => {
    const w = parameter('w', new Float32Array(3).fill(1), [3]);
    const other = parameter('w', new Float32Array(4).fill(1), [2, 2]);
    const store = memoryStore();
    const options = { steps: 2, update: momentum(0.1), checkpoint: { store } };
    await train({ ...options, loss: () => mean(multiply(w, w)) });
    await expect(
      train({ ...options, loss: () => mean(multiply(other, other)), resume: true }),
    ).rejects.toThrow('memory: the tensor parameters/w is 3 float32; 2 × 2 float32 is expected.');
  });

  test('with running statistics that nobody takes back is refused', async () => {
    await expect(resumed(await saved(), { also: {} })).rejects.toThrow(
      'run.safetensors: the checkpoint has the tensor also/running/mean, which `also` does not have here.',
    );
  });

  test('that was cut off is refused with a sentence, wherever it was cut', async () => {
    const bytes = (await (await saved()).load()) ?? new Uint8Array();
    const store = memoryStore();
    for (let length = 0; length < bytes.length; length += 41) {
      await store.save(bytes.subarray(0, length));
      await expect(resumed(store)).rejects.toThrow(InputError);
    }
  });

  test('whose best parameters have not the shape of the last is refused', async () => {
    const store = await saved();
    const [tensors, description] = await contents(store);
    const cut = { name: 'best/parameters/table', shape: [2], data: new Float32Array(2) };
    const others = [...tensors.values()].filter(({ name }) => name !== cut.name);
    await store.save(encodeTensors([...others, cut], { tammes: JSON.stringify(description) }));
    await expect(resumed(store)).rejects.toThrow(
      'run.safetensors: the tensor parameters/table is 10 × 4 float32; 2 float32 is expected.',
    );
  });

  test('of a rule that remembered more is refused', async () => {
    const forgetful = { ...momentum(0.02), start: () => ({}) };
    await expect(resumed(await saved(), { update: forgetful })).rejects.toThrow(
      'run.safetensors: the checkpoint has the tensor updates/table/velocity, which momentum does not remember with the settings it has here.',
    );
  });

  test('may have more losses than a function takes arguments', async () => {
    const x = parameter('x', Float64Array.of(1), [1]);
    const options = { loss: () => sum(multiply(x, x)), update: momentum(0) };
    const store = memoryStore();
    await train({ ...options, steps: 1, checkpoint: { store } });
    const [tensors, description] = await contents(store);
    const losses = { name: 'losses', shape: [500_000], data: new Float64Array(500_000) };
    const others = [...tensors.values()].filter(({ name }) => name !== 'losses');
    const tammes = JSON.stringify({ ...description, step: 500_000 });
    await store.save(encodeTensors([...others, losses], { tammes }));
    const result = await train({ ...options, steps: 500_001, checkpoint: { store }, resume: true });
    expect([result.losses.length, result.loss]).toEqual([500_001, 1]);
  });

  test('that is no safetensors file is refused', async () => {
    const store = memoryStore('run.safetensors');
    await store.save(new TextEncoder().encode('hello, this is text'));
    await expect(resumed(store)).rejects.toThrow('run.safetensors: the safetensors header claims');
  });

  test('that is not asked for is not read, and is replaced', async () => {
    const store = await saved();
    const { resumedAfter } = await train({
      ...problem(referenceEngine).options,
      steps: 1,
      checkpoint: { store },
    });
    expect(resumedAfter).toBeUndefined();
    const [tensors] = await contents(store);
    expect(tensors.get('losses')?.shape).toEqual([1]);
  });
});
