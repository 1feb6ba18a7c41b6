import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { type ByteStore, memoryStore } from '../../io/byte-store.ts';
import { decodeTensors, encodeTensors } from '../../io/tensors.ts';
import { momentum } from '../../testing/momentum.ts';
import { resumableTraining as problem } from '../../testing/resumable-training.ts';
import { mean, multiply, sum } from '../operations/index.ts';
import { parameter } from '../tape/parameter.ts';
import type { TrainOptions } from './options.ts';
import { train } from './train.ts';

interface Description {
  format?: string;
  version: number;
  seed: number;
  step: number;
  updates?: Record<string, string>;
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
    await expect(resumed(store)).rejects.toThrow(
      'run.safetensors: a checkpoint is expected: this is no safetensors file.',
    );
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
