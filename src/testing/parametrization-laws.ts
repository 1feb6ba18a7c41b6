import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import { decodeDelta, encodeDelta, restoreDelta } from '../families/parametrizations/index.ts';
import type { Parametrization, Parametrized } from '../families/parametrizations/types.ts';
import {
  add,
  constant,
  evaluateAll,
  multiply,
  type Parameter,
  parameter,
  sgd,
  sum,
  type Tensor,
  train,
  Workspace,
} from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import { gradientRatios, normals } from './gradient-check.ts';
import type { SmallProblem } from './small-problem.ts';

/** What every parametrization keeps: registers the tests. */
export function describeParametrizationLaws(method: AnyMethod, problem: SmallProblem): void {
  const parametrization = method as unknown as Parametrization;
  const { isUpdate } = parametrization;
  const given = problem.input as readonly Parameter[];
  const over = (model: readonly Parameter[], more: object = {}) =>
    parametrization.bind({ ...problem.options, ...more } as never).over(model);

  describe.each(['float32', 'float64'] as const)('of %s weights', (type) => {
    const model = () => given.map((one) => copyOf(one, type));

    test(`${isUpdate ? 'is the model itself' : 'has finite weights'} before anything is trained`, async () => {
      const weights = model();
      const found = await over(weights);
      expect(found.adapted.length).toBeGreaterThan(0);
      for (const [name, values] of await valuesOf(found)) {
        const before = weights.find((one) => one.name === name)?.data ?? [];
        expect(values).toHaveLength(before.length);
        for (let e = 0; e < values.length; e++)
          expect(isUpdate ? values[e] === before[e] : Number.isFinite(values[e])).toBe(true);
      }
    });

    test('trains fewer numbers than the model has, and says how many', async () => {
      const { trained, of, parameters } = await over(model());
      expect(trained).toBe(parameters.reduce((all, { data }) => all + data.length, 0));
      expect(of).toBe(given.reduce((all, { data }) => all + data.length, 0));
      expect(trained).toBeLessThan(of);
    });

    test('a delta holds these numbers alone, and gives back the same bytes', async () => {
      const [first, second] = [model(), model()];
      const [trained, fresh] = [await over(first), await over(second)];
      disturb(trained);
      await trained.writeOut();
      const delta = await decodeDelta(encodeDelta(trained), 'small.safetensors');
      const stored = [...delta.tensors.values()].reduce((all, { data }) => all + data.length, 0);
      expect(stored).toBe(trained.trained);
      restoreDelta(fresh, delta);
      await fresh.writeOut();
      expect(dataOf(second)).toEqual(dataOf(first));
      expect(dataOf(first)).not.toEqual(dataOf(model()));
    });

    test('training moves the few numbers alone', async () => {
      const weights = model();
      const found = await over(weights);
      const loss = () => weights.map((one) => sum(multiply(one, one))).reduce((a, b) => add(a, b));
      const update = sgd({ learningRate: 1e-3 });
      const { parameters } = await train(
        found.training({ loss, steps: 2, update, engine: referenceEngine }),
      );
      expect(parameters.map(({ name }) => name).toSorted()).toEqual(
        found.parameters.map(({ name }) => name).toSorted(),
      );
      expect(dataOf(weights)).toEqual(dataOf(model()));
      await found.writeOut();
      for (const one of weights) {
        const isMoved = String(one.data) !== String(copyOf(named(given, one.name), type).data);
        expect(isMoved, one.name).toBe(found.adapted.includes(one.name));
      }
    });
  });

  const model = () => given.map((one) => copyOf(one, 'float64'));

  test('its tensors have the gradients of their values', async () => {
    const found = await over(model());
    disturb(found);
    const tensors = [...found.tensors.values()];
    const build = () =>
      tensors
        .map((tensor, i) => {
          const weights = normals(Random.fromSeed(i), tensor.shape);
          return sum(multiply(multiply(tensor, tensor), constant(weights, tensor.shape)));
        })
        .reduce((a, b) => add(a, b));
    for (const ratio of await gradientRatios(build, found.parameters))
      expect(ratio).toBeGreaterThan(3.8);
  });

  test('the same seed gives the same numbers, whatever became of the model since', async () => {
    const weights = model();
    const [first, second] = [await over(weights, { seed: 7 }), await over(model(), { seed: 7 })];
    for (const { data } of weights) data.fill(0);
    disturb(first);
    disturb(second);
    expect(dataOf(first.parameters)).toEqual(dataOf(second.parameters));
    expect(await valuesOf(first)).toEqual(await valuesOf(second));
  });

  test('names of what is trained are its own', async () => {
    const { parameters } = await over(model());
    const names = [...given, ...parameters].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('refuses a model without weights, a name twice and two element types in a sentence', async () => {
    const [first, ...others] = model();
    await expect(over([])).rejects.toThrow(/: the model has no weights\.$/);
    await expect(over([first, first])).rejects.toThrow(/: two weights are named /);
    await expect(over([copyOf(named(given, first.name), 'float32'), ...others])).rejects.toThrow(
      / is Float64Array, .* Float32Array; one element type is expected\.$/,
    );
  });

  test('refuses a delta of another model, and of other options', async () => {
    const trained = await over(model());
    const delta = await decodeDelta(encodeDelta(trained), 'small.safetensors');
    const moved = model();
    for (const { data } of moved) data[0] += 1;
    const other = await over(moved);
    expect(() => restoreDelta(other, delta)).toThrow('apply it to the model that it began with');
    const seeded = await over(model(), { seed: 8 });
    expect(() => restoreDelta(seeded, delta)).toThrow('small.safetensors: the delta was made by');
  });
}

/** The weight on an array of its own. */
function copyOf({ name, shape, data, byRows }: Parameter, type: 'float32' | 'float64'): Parameter {
  const array = type === 'float32' ? Float32Array : Float64Array;
  return parameter(name, array.from(data), shape, { byRows });
}

const named = (model: readonly Parameter[], wanted: string) =>
  model.find(({ name }) => name === wanted) as Parameter;

const dataOf = (parameters: readonly Parameter[]) => parameters.map(({ data }) => data);

/** Moves every trained number, as training would, from where gradients are 0. */
function disturb({ parameters }: Parametrized): void {
  for (const { name, data } of parameters) {
    const random = Random.fromSeed(4).fork(name);
    data.forEach((x, e) => {
      data[e] = x + 0.3 * random.normal();
    });
  }
}

async function valuesOf({ tensors }: Pick<Parametrized, 'tensors'>) {
  const names = [...tensors.keys()];
  const values = await evaluateAll(
    [...tensors.values()] as Tensor[],
    new Workspace(referenceEngine),
  );
  return new Map(names.map((name, i) => [name, values[i]]));
}
