import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileStore, memoryStore } from '../../io/byte-store.ts';
import { read } from '../../io/index.ts';
import { decodeTensors, encodeTensors } from '../../io/tensors.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { evaluate } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import {
  decodeModel,
  encodeModel,
  loadModel,
  type Model,
  type ModelSettings,
  mlpModel,
  saveModel,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-model-'));
const settings = { sizes: [3, 4, 2], seed: 7 };

/** The stored bytes with the description, or the tensors, changed. */
async function changed(
  change: (description: Record<string, unknown>, tensors: Map<string, unknown>) => void,
) {
  const { tensors, metadata } = await decodeTensors(encodeModel(mlpModel(settings)));
  const { tammes = '' } = metadata as { tammes?: string };
  const description = JSON.parse(tammes);
  const kept = new Map(tensors);
  change(description, kept);
  const store = memoryStore('m.safetensors');
  await store.save(encodeTensors([...kept.values()], { tammes: JSON.stringify(description) }));
  return loadModel(store, { mlp: mlpModel });
}

describe('a model', () => {
  test('that was saved and loaded computes the same numbers', async () => {
    const model = mlpModel(settings);
    // Not the values it begins with.
    for (const { data } of model.parameters) data.set(data.map((value, e) => value + 0.25 * e));
    const store = fileStore(join(folder, 'mlp.safetensors'));
    await saveModel(store, model);
    const again = await loadModel(store, { mlp: mlpModel });
    const x = constant(Float32Array.of(1, 2, 3, -1, 0, 1), [2, 3]);
    expect(await evaluate(again.apply(x))).toEqual(await evaluate(model.apply(x)));
    expect(again.parameters.map(({ name, data }) => [name, data])).toEqual(
      model.parameters.map(({ name, data }) => [name, data]),
    );
  });

  test('describes itself in the metadata of its file', async () => {
    const point = parameter('p', Float64Array.of(0, 1), [1, 2], { manifold: sphere });
    const model = { kind: 'point', settings: { k: [1, null] }, parameters: [point] };
    const { metadata } = await decodeTensors(encodeModel(model));
    expect(JSON.parse((metadata as { tammes?: string }).tammes ?? '')).toEqual({
      format: 'tammes-model',
      version: 1,
      kind: 'point',
      settings: { k: [1, null] },
      parameters: { p: { shape: [1, 2], type: 'float64', manifold: 'sphere' } },
    });
    expect(await decodeModel(encodeModel(model))).toMatchObject({
      name: 'bytes',
      kind: 'point',
      settings: { k: [1, null] },
    });
  });

  test('is a file of vectors, too: a weight is read by its name', async () => {
    const model = mlpModel(settings);
    const { points } = await read(encodeModel(model), { vector: 'mlp.0.weight' });
    expect([points.rows, points.cols]).toEqual([4, 3]);
    expect([...points.data]).toEqual([...model.parameters[0].data]);
  });

  test('keeps running statistics', async () => {
    const make = (mean: number) => ({
      kind: 'koala',
      settings: {},
      parameters: [parameter('w', new Float32Array(1), [1])],
      also: { norm: { mean: Float64Array.of(mean) } },
    });
    const store = memoryStore();
    await saveModel(store, make(5));
    const { also } = await loadModel(store, { koala: () => make(0) });
    expect(also.norm.mean).toEqual(Float64Array.of(5));
  });
});

describe('a model is refused', () => {
  test('of another version, format or kind', async () => {
    await expect(changed((d) => Object.assign(d, { version: 9 }))).rejects.toThrow(
      'm.safetensors: the model has version 9; this Tammes reads version 1.',
    );
    await expect(changed((d) => Object.assign(d, { format: 'tammes-checkpoint' }))).rejects.toThrow(
      'm.safetensors: a model is expected (tammes-model); this is "tammes-checkpoint".',
    );
    await expect(changed((d) => Object.assign(d, { kind: 'wombat' }))).rejects.toThrow(
      'm.safetensors: the model is of the kind "wombat"; known here: mlp.',
    );
    await expect(changed((d) => Object.assign(d, { kind: 'toString' }))).rejects.toThrow(
      'known here: mlp.',
    );
    await expect(changed((d) => Object.assign(d, { settings: 3 }))).rejects.toThrow(
      'm.safetensors: the description of the model is damaged.',
    );
  });

  test('with a tensor that is missing, too many, or of another shape', async () => {
    await expect(changed((_, tensors) => tensors.delete('mlp.1.bias'))).rejects.toThrow(
      'm.safetensors: the tensor mlp.1.bias (2 float32) is expected, and missing.',
    );
    await expect(
      changed((_, tensors) =>
        tensors.set('extra', { name: 'extra', shape: [1], data: new Float32Array(1) }),
      ),
    ).rejects.toThrow('m.safetensors: the tensor extra has no place in a model of the kind mlp.');
    await expect(
      changed((d) => Object.assign(d, { settings: { sizes: [3, 5, 2] } })),
    ).rejects.toThrow(
      'm.safetensors: the tensor mlp.0.weight is 4 × 3 float32; 5 × 3 float32 is expected.',
    );
    await expect(changed((d) => Object.assign(d, { settings: { sizes: [3] } }))).rejects.toThrow(
      'mlp: the setting "sizes" must be two or more whole numbers from 1 on; got [3].',
    );
  });

  test('that is not there, or no safetensors file', async () => {
    const store = memoryStore('m.safetensors');
    await expect(loadModel(store, {})).rejects.toThrow('m.safetensors: there is no model.');
    await store.save(encodeTensors([], { format: 'pt' }));
    await expect(loadModel(store, {})).rejects.toThrow(
      'm.safetensors: a model of Tammes is expected, which describes itself as one.',
    );
  });

  test('before it is saved: settings that JSON would change, names that come twice', () => {
    const w = parameter('w', new Float32Array(1), [1]);
    const model = (part: Partial<Model>): Model => ({
      kind: 'koala',
      settings: {},
      parameters: [w],
      ...part,
    });
    expect(() => encodeModel(model({ settings: { a: { b: Number.NaN } } }))).toThrow(
      'model: option "settings.a.b" must be what JSON can hold; got NaN.',
    );
    const strange: unknown = { a: new Map() };
    expect(() => encodeModel(model({ settings: strange as ModelSettings }))).toThrow(
      'model: option "settings.a" must be what JSON can hold; got "object".',
    );
    expect(() => encodeModel(model({ parameters: [w, w] }))).toThrow(
      'koala: option "parameters" must be named differently; got "w".',
    );
  });
});
