import { expect, test } from 'vitest';
import { encodeModel, type Model, parameter } from '../../learning/index.ts';
import { sphere } from '../../manifolds/index.ts';
import { average } from './average.ts';

function model(own: Partial<Model>, ...weights: number[]): Model {
  const w = parameter('w', Float32Array.from(weights), [weights.length]);
  return { kind: 'line', settings: {}, parameters: [w], ...own };
}

const point = (...x: number[]) =>
  model({ parameters: [parameter('p', Float64Array.from(x), [1, 2], { manifold: sphere })] });

test('is the mean of each number', async () => {
  const { model: mean, models } = await average({ models: [model({}, 1, 4), model({}, 3, 2)] });
  expect([...mean.parameters[0].data]).toEqual([2, 3]);
  expect(models).toBe(2);
});

test('rows of the sphere go back to it, and stay points of it', async () => {
  const { model: mean } = await average({ models: [point(1, 0), point(0, 1)] });
  const [{ data, manifold }] = mean.parameters;
  expect(data[0]).toBeCloseTo(Math.SQRT1_2, 15);
  expect(data[1]).toBeCloseTo(Math.SQRT1_2, 15);
  expect(manifold?.id).toBe('sphere');
});

test('directions that cancel leave that of the base', async () => {
  const { model: mean } = await average({
    models: [point(1, 0), point(-1, 0)],
    base: point(0, 1),
  });
  expect([...mean.parameters[0].data]).toEqual([0, 1]);
});

test('refuses points of manifolds on which numbers cannot be added', async () => {
  const odd = { ...sphere, id: 'grassmann(2)' };
  const weights = parameter('p', Float64Array.of(1, 0), [1, 2], { manifold: odd });
  await expect(average({ models: [model({ parameters: [weights] })] })).rejects.toThrow(
    'model 1: the rows of the tensor p are points of grassmann(2); average adds plain numbers and points of the sphere alone.',
  );
});

test('running statistics are averaged, and the result says so', async () => {
  const also = (x: number) => ({ norm: { mean: Float32Array.of(x) } });
  const { model: mean, warnings } = await average({
    models: [model({ also: also(1) }, 1), model({ also: also(3) }, 1.5)],
  });
  expect(mean.also?.['norm']['mean']).toEqual(Float32Array.of(2));
  expect(warnings).toEqual([expect.stringMatching(/^1 array of running statistics, .+\.$/)]);
});

test('settings that differ in numbers are those of the first where that is asked for', async () => {
  const scaled = (mean: number, w: number) =>
    model({ settings: { scaling: { mean: [0, mean] } } }, w);
  const models = [scaled(1, 2), scaled(1.5, 4)];
  await expect(average({ models })).rejects.toThrow(
    'model 2: its setting scaling.mean[1] is 1.5, that of model 1 1; --settings-of-base scaling takes what the base has.',
  );
  const { model: mean, warnings } = await average({ models, settingsOfBase: ['scaling'] });
  expect(mean.settings).toEqual({ scaling: { mean: [0, 1] } });
  expect(warnings).toEqual(['The models differ in scaling; the result has what model 1 has.']);
});

test('a setting that the models do not have is refused by its name', async () => {
  const models = [model({ settings: { scaling: 1 } }, 1)];
  await expect(average({ models, settingsOfBase: ['scalling'] })).rejects.toThrow(
    'average: option "settingsOfBase" must be among scaling; got "scalling".',
  );
});

test('other classes are refused whatever is asked for', async () => {
  const named = (last: string) => model({ settings: { classes: ['a', last] } }, 1);
  await expect(
    average({ models: [named('b'), named('c')], settingsOfBase: ['classes'] }),
  ).rejects.toThrow(
    'model 2: its setting classes[1] is "c", that of model 1 "b": such models do not mean the same by their numbers.',
  );
});

test('the same model twice is told', async () => {
  const { warnings } = await average({ models: [model({}, 1), model({}, 1)] });
  expect(warnings).toEqual(['model 2 has the numbers of model 1, which count twice.']);
});

test('a number that is not finite is refused', async () => {
  await expect(average({ models: [model({}, 1, Number.NaN)] })).rejects.toThrow(
    'model 1: number 1 of the tensor w is NaN.',
  );
});

test('weights that point elsewhere are told: they did not come from one base', async () => {
  const { warnings } = await average({ models: [model({}, 1, 0), model({}, 0, 1)] });
  expect(warnings).toEqual([
    expect.stringMatching(/^The weights of model 2 and model 1 .+ 0\.00:/),
  ]);
});

test('the result is a model as others are: its bytes can be saved', async () => {
  const { model: mean } = await average({ models: [model({}, 1, 4)] });
  expect(encodeModel(mean)).toEqual(encodeModel(model({}, 1, 4)));
});
