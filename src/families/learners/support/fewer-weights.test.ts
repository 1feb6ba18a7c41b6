import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { memoryStore } from '../../../io/byte-store.ts';
import { encodeModel } from '../../../learning/index.ts';
import { methodsOf } from '../../../method/family.ts';
import { decodeDelta, encodeDelta, lora, restoreDelta } from '../../parametrizations/index.ts';
import { smallProblem } from '../family.case.ts';
import * as learners from '../index.ts';
import type { Learner } from '../types.ts';

const { classifier } = learners;
const parametrization = lora.bind({ rank: 1, strength: 3 });

/** 120 rows about three centers in five dimensions; `turned` has the coordinates in another order. */
function examples(turned = false) {
  const random = Random.fromSeed(2);
  const data = Float32Array.from({ length: 120 * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), (e % 5) + (turned ? 1 : 0)];
    return (c % 5 === i % 3 ? 4 : 0) + random.normal();
  });
  const classes = Array.from({ length: 120 }, (_, i) => `class ${i % 3}`);
  return { points: matrix(data, 120, 5), classes };
}

const small = { steps: 60, batch: 16, dim: 4, hidden: 12, learningRate: 0.02, heldOut: 0.2 };
const softmax = { ...small, head: 'softmax' } as const;

/** Options with which steps move weights by their gradients alone, and have gradients on so few rows. */
const OWN: Readonly<Record<string, object>> = {
  clusters: { membership: 'softmax' },
  metric: { margin: 10 },
  'two-towers': { learnTemperature: false },
};

describe.each(methodsOf(learners).map((one) => [one.spec.id, one as unknown as Learner]))(
  'the learner %s',
  (id, learner) => {
    const { input, options } = smallProblem(id);
    const learned = (steps: number, more: object = {}) =>
      learner(input as never, { ...options, ...OWN[id], steps } as never, more);

    test('has the loss of the model itself in the first step, and keeps what is not adapted', async () => {
      const plain = await learned(1);
      const { losses, parametrized, model } = await learned(3, { parametrization });
      expect(losses[0]).toBe(plain.losses[0]);
      const { weights = [], adapted = [] } = parametrized ?? {};
      expect(adapted.length).toBeGreaterThan(0);
      const moved = weights.filter(({ name, start }) => {
        const now = model.parameters.find((one) => one.name === name);
        return String(now?.data) !== String(start.data);
      });
      expect(moved.length).toBeGreaterThan(0);
      expect(adapted).toEqual(expect.arrayContaining(moved.map(({ name }) => name)));
    });
  },
);

describe('a classifier with few numbers', () => {
  const base = () => classifier(examples(), softmax);

  test('learns other data from the model it begins with', async () => {
    const { model } = await base();
    const start = { start: model };
    const before = await classifier(
      examples(true),
      { ...softmax, steps: 1, learningRate: 1e-30 },
      start,
    );
    const found = await classifier(examples(true), softmax, { ...start, parametrization });
    expect(before.report['accuracy']).toBeLessThan(0.6);
    expect(found.report['accuracy']).toBeGreaterThan(0.9);
    // (12 + 5) + (4 + 12) + (3 + 4) in the place of 12·5 + 12 + 4·12 + 4 + 3·4 + 3.
    expect(found.parametrized?.trained).toBe(40);
    expect(found.parametrized?.of).toBe(139);
    expect(model.parameters).toEqual((await base()).model.parameters);
  });

  test('a delta and the first model give the second, to the last byte', async () => {
    const { model } = await base();
    const { model: adapted, parametrized } = await classifier(examples(true), softmax, {
      start: model,
      parametrization,
    });
    if (!parametrized) throw new Error('there is none');
    const delta = await decodeDelta(encodeDelta(parametrized, adapted), 'delta.safetensors');
    const restored = await parametrization.over(model.parameters);
    restoreDelta(restored, delta);
    await restored.writeOut();
    expect(model.parameters).toEqual(adapted.parameters);
  });

  test('what watches a step sees its weights', async () => {
    const sums: number[] = [];
    const { model } = await classifier(examples(), softmax, {
      parametrization,
      onStep: (_, { parameters }) => {
        sums.push(sumOf(parameters[0].data));
      },
    });
    expect(new Set(sums).size).toBe(small.steps);
    expect(sums.at(-1)).toBe(sumOf(model.parameters[0].data));
  });

  test('the best weights on rows that say when to stop are those of the model', async () => {
    const options = { ...softmax, validation: 0.3, patience: 3, steps: 200 };
    const { model, report } = await classifier(examples(), options, { parametrization });
    const still = { ...options, steps: 1, learningRate: 1e-30, patience: 0 };
    const { report: again } = await classifier(examples(), still, { start: model });
    // The held-out loss is that of weights in float32, by the same engine.
    expect(again['validationLoss']).toBe(report['validationLoss']);
  });

  test('a run that is killed and resumed ends with the same bytes; another rank or start is refused', async () => {
    const { model: start } = await base();
    const whole = await classifier(examples(true), softmax, { start, parametrization });
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = classifier(examples(true), softmax, {
      start,
      parametrization,
      signal: controller.signal,
      checkpoint: { store, every: 10 },
      onStep: ({ step }) => {
        if (step === 37) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const run = { checkpoint: { store }, resume: true };
    const rest = await classifier(examples(true), softmax, { ...run, start, parametrization });
    expect(rest.steps).toBe(60);
    expect(encodeModel(rest.model)).toEqual(encodeModel(whole.model));
    const other = lora.bind({ rank: 2 });
    await expect(
      classifier(examples(true), softmax, { ...run, start, parametrization: other }),
    ).rejects.toThrow('parametrization of the checkpoint is');
    await expect(classifier(examples(true), softmax, { ...run, parametrization })).rejects.toThrow(
      'weights of the checkpoint is checksum',
    );
    await expect(classifier(examples(true), softmax, { ...run, start })).rejects.toThrow(
      'parametrization of the checkpoint is',
    );
  });
});

const sumOf = (data: ArrayLike<number>) => Array.from(data).reduce((sum, x) => sum + x, 0);

test('a learner whose steps move weights besides is refused, and how they would not is said', async () => {
  const refused = async (id: 'clusters' | 'two-towers', options: object = {}) => {
    const { input, options: own } = smallProblem(id);
    const learner = id === 'clusters' ? learners.clusters : learners.twoTowers;
    const run = { parametrization };
    return expect(
      learner(input as never, { ...own, ...options, steps: 1 } as never, run),
    ).rejects.toThrow(`${id}: option "parametrization" must be left out: `);
  };
  await refused('clusters');
  await refused('two-towers');
  await refused('two-towers', { loss: 'meru' });
  await refused('two-towers', { loss: 'slap' });
});
