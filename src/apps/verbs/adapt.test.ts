import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { applyDelta as apply, tucker } from '../../families/parametrizations/index.ts';
import { type ByteStore, memoryStore } from '../../io/byte-store.ts';
import { saveModel, storedModel } from '../../learning/index.ts';
import {
  applyDelta,
  deltaOf,
  parametrizationById,
  parametrizationIds,
  storedDelta,
} from './adapt.ts';
import { embed, learn } from './learn.ts';

/** Rows of five columns about three centers, or four times as far out. */
function examples(far = 1) {
  const random = Random.fromSeed(3);
  const data = Float32Array.from({ length: 90 * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), e % 5];
    return far * ((c === i % 3 ? 4 : 0) + random.normal());
  });
  const classes = Array.from({ length: 90 }, (_, i) => `class ${i % 3}`);
  return { points: matrix(data, 90, 5), classes };
}

const small = { steps: 20, batch: 16, dim: 4, hidden: 8, head: 'softmax' };
const options: Readonly<Record<string, object>> = {
  householder: { rank: 1 },
  hypercomplex: { parts: 2 },
  lora: { rank: 1 },
  'random-subspace': { directions: 20 },
  tucker: { rank: 1 },
  'word-span': { basis: 4 },
};

async function saved(bytes: Uint8Array): Promise<ByteStore> {
  const store = memoryStore();
  await store.save(bytes);
  return store;
}

async function baseModel() {
  const store = memoryStore();
  await saveModel(store, (await learn('classifier', examples(), small)).model);
  return store;
}

describe.each(parametrizationIds())('a classifier adapted with %s', (id) => {
  const parametrization = parametrizationById(id).bind(options[id] as never);

  test('is the model it began with and its delta, to the last byte, and embeds as one', async () => {
    const store = await baseModel();
    const start = await storedModel(store);
    const learned = await learn('classifier', examples(4), small, { start, parametrization });
    const delta = await saved(deltaOf(learned));
    const applied = await applyDelta(start, await storedDelta(delta));
    for (const { name, shape, data } of learned.model.parameters)
      expect(applied.tensors.get(name)).toEqual({ name, shape: [...shape], data });
    // Its columns are scaled as those that it was adapted to, not as those of the first model.
    expect(applied.settings).toEqual(JSON.parse(JSON.stringify(learned.model.settings)));
    expect(applied.settings['scaling']).not.toEqual(start.settings['scaling']);
    const whole = memoryStore();
    await saveModel(whole, learned.model);
    expect(await embed(store, examples(4), { delta })).toEqual(await embed(whole, examples(4)));
    expect((await storedModel(store)).tensors).toEqual(start.tensors);
  });
});

test('a delta is refused on another model, without its tensors, and where it is damaged or missing', async () => {
  const parametrization = parametrizationById('lora').bind({ rank: 1 });
  const start = await storedModel(await baseModel());
  const learned = await learn('classifier', examples(4), small, { start, parametrization });
  const delta = await storedDelta(await saved(deltaOf(learned)));
  const other = await learn('classifier', examples(), { ...small, seed: 2 });
  const store = memoryStore();
  await saveModel(store, other.model);
  await expect(applyDelta(await storedModel(store), delta)).rejects.toThrow(
    /the delta was learned on weights of the checksum .*: apply it to the model that it began with\./,
  );
  await expect(applyDelta({ ...start, tensors: new Map() }, delta)).rejects.toThrow(
    /the delta was learned on a model with the tensor .*; .* has none of that name\./,
  );
  await expect(applyDelta(start, { ...delta, method: 'unknown' })).rejects.toThrow(
    `learn: option "adapt" must be one of ${parametrizationIds().join(', ')}; got "unknown".`,
  );
  await expect(apply(start, delta, tucker as never)).rejects.toThrow(
    'the delta was made by {"id":"lora"',
  );
  const [first] = delta.tensors.keys();
  const rest = new Map([...delta.tensors].filter(([name]) => name !== first));
  await expect(applyDelta(start, { ...delta, tensors: rest })).rejects.toThrow(
    `the tensor ${first} (`,
  );
  await expect(storedDelta(memoryStore())).rejects.toThrow('there is no delta.');
  await expect(storedDelta(await baseModel())).rejects.toThrow('a delta is expected');
  expect(() => deltaOf(other)).toThrow('delta: all weights were trained');
});
