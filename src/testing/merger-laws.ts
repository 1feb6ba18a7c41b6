import { expect, test } from 'vitest';
import type { Merger, MergerInput } from '../families/merging/types.ts';
import { decodeModel, encodeModel, type Model, parameter } from '../learning/index.ts';
import type { AnyMethod } from '../method/method.ts';
import type { SmallProblem } from './small-problem.ts';

/** Under these a task vector is added whole, of the options that a method has. */
const WHOLE = { scale: 1, keep: 1, steps: 0, mask: 'probabilities' };

/** What every merger keeps: registers the tests. */
export function describeMergerLaws(method: AnyMethod, problem: SmallProblem): void {
  const merger = method as unknown as Merger;
  const { options } = problem;
  const input = problem.input as MergerInput;
  const models = input.models as readonly Model[];
  const base = input.base as Model;
  const merged = (changed: Partial<MergerInput> = {}, more: object = {}) =>
    merger({ ...input, ...changed }, { ...options, ...more } as never);
  const bytesOf = async (changed?: Partial<MergerInput>, more?: object) =>
    encodeModel((await merged(changed, more)).model);
  const known = Object.entries(WHOLE).filter(([name]) => name in merger.spec.options);

  test('leaves the models unchanged', async () => {
    const before = [base, ...models].map(encodeModel);
    await merged();
    expect([base, ...models].map(encodeModel)).toEqual(before);
  });

  test('gives one model back that is alone and added whole', async () => {
    const alone = await bytesOf({ models: [models[0]] }, Object.fromEntries(known));
    expect(alone).toEqual(encodeModel(models[0]));
  });

  test('gives the base back where no model left it', async () => {
    expect(await bytesOf({ models: [base, base] })).toEqual(encodeModel(base));
  });

  test('does not depend on the order of the models', async () => {
    const { model, interference } = await merged();
    const turned = await merged({ models: models.toReversed() });
    expect(encodeModel(turned.model)).toEqual(encodeModel(model));
    expect(turned.interference.fromBase?.toReversed()).toEqual(interference.fromBase);
    const cosines = turned.interference.cosines.map((row) => row.toReversed()).toReversed();
    expect(cosines).toEqual(interference.cosines);
  });

  test('merges saved models to the same bytes', async () => {
    const saved = await Promise.all(models.map((model) => decodeModel(encodeModel(model))));
    const start = await decodeModel(encodeModel(base));
    expect(await bytesOf({ models: saved, base: start })).toEqual(await bytesOf());
  });

  test('keeps the element type, and agrees between both', async () => {
    const { model: narrow } = await merged();
    const { model } = await merged({ models: models.map(widened), base: widened(base) });
    narrow.parameters.forEach(({ data }, i) => {
      const { data: wide } = model.parameters[i];
      expect(data).toBeInstanceOf(Float32Array);
      expect(wide).toBeInstanceOf(Float64Array);
      data.forEach((x, e) => {
        expect(Math.abs(x - wide[e])).toBeLessThan(1e-4);
      });
    });
  });

  test('refuses models of different element types, kinds, settings and tensors in a sentence', async () => {
    const [first] = models;
    const [weight, ...others] = first.parameters;
    const bad: readonly (readonly [Model, RegExp])[] = [
      [
        widened(first),
        /^model 2: the tensor .+ is .+ float64; .+ float32, as in base, is expected\.$/,
      ],
      [{ ...first, kind: 'other' }, /^model 2: the model was made by other; mlp, .+ expected\.$/],
      [
        { ...first, settings: { sizes: ['3', 4, 2] } },
        /^model 2: its setting sizes\[0\] is "3", that of base 3: .+\.$/,
      ],
      [{ ...first, parameters: others }, /^model 2: the tensor .+, which base has, is missing\.$/],
      [
        { ...first, parameters: [...first.parameters, { ...weight, name: 'more' }] },
        /^model 2: the tensor more has no place in base; .+\.$/,
      ],
      [
        {
          ...first,
          parameters: [parameter(weight.name, weight.data, [weight.data.length]), ...others],
        },
        /^model 2: the tensor .+ is \d+ float32; \d+ × \d+ float32, as in base, is expected\.$/,
      ],
    ];
    for (const [model, sentence] of bad)
      await expect(merged({ models: [first, model] })).rejects.toThrow(sentence);
    await expect(merged({ models: [] })).rejects.toThrow('"models" must be one model or more');
  });

  test.runIf(merger.needsBase)('refuses to go without a base', async () => {
    await expect(merged({ base: undefined })).rejects.toThrow(/option "base" must be the model/);
  });

  test.runIf(merger.learns)('refuses to go without a loss', async () => {
    await expect(merged({ loss: undefined })).rejects.toThrow(/option "loss" must be a function/);
  });
}

function widened({ kind, settings, parameters }: Model): Model {
  return {
    kind,
    settings,
    parameters: parameters.map(({ name, data, shape }) =>
      parameter(name, Float64Array.from(data), shape),
    ),
  };
}
