import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  constant,
  evaluate,
  gradientsOf,
  type Parameter,
  Workspace,
} from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { criticWeights, translatorLoss, translatorWeights } from './support/translator.ts';
import { vec2vec } from './vec2vec.ts';

/** Rows with a long tail on every axis, each axis of another width. */
const lopsided = (n: number, d: number, seed: number) =>
  matrix(
    Float64Array.from(normalMatrix(n, d, seed).data, (x, e) => (1 + (e % d)) * (x + 0.4 * x * x)),
    n,
    d,
  );
const a = lopsided(150, 4, 1);
const b = matrix(
  a.data.map((_, e) => a.data[e - (e % 4) + ((e + 1) % 4)] + 1),
  150,
  4,
);

async function meanCosine(model: Parameters<typeof vec2vec.transform>[0]): Promise<number> {
  const { data } = await vec2vec.transform(model, a);
  const mean = Array.from({ length: 4 }, (_, c) => columnMean(b, c));
  let sum = 0;
  for (let i = 0; i < 150; i++) {
    const [x, y] = [data, b.data].map((of) =>
      Array.from({ length: 4 }, (_, c) => of[i * 4 + c] - mean[c]),
    );
    sum += x.reduce((s, v, c) => s + v * y[c], 0) / (Math.hypot(...x) * Math.hypot(...y)) / 150;
  }
  return sum;
}

const columnMean = ({ data, rows: n, cols: d }: Matrix, c: number) =>
  Array.from({ length: n }, (_, i) => data[i * d + c]).reduce((s, v) => s + v, 0) / n;

test('a turned copy of lopsided rows is known by its axes before the first step, and stays known', async () => {
  expect(await meanCosine((await vec2vec({ a, b }, { steps: 0 })).model)).toBeCloseTo(1, 10);
  const { model, facts } = await vec2vec({ a, b }, { steps: 60, batch: 64, hidden: 16 });
  expect(await meanCosine(model)).toBeGreaterThan(0.95);
  expect(facts['translator']).toBeLessThan(0.5);
});

test('without orientation the first guess is the columns as they are', async () => {
  const { model } = await vec2vec({ a, b: a }, { steps: 0, orient: false });
  const { data } = await vec2vec.transform(model, a);
  const scale = data[0] - columnMean(a, 0);
  expect(scale * (a.data[0] - columnMean(a, 0))).toBeGreaterThan(0);
});

test('moved rows lie on a sphere about the mean of B with its root mean squared radius', async () => {
  const { model } = await vec2vec({ a, b }, { steps: 3, hidden: 4, batch: 16 });
  const { data } = await vec2vec.transform(model, a);
  const mean = Array.from({ length: 4 }, (_, c) => columnMean(b, c));
  const radius = (of: ArrayLike<number>, i: number) =>
    Math.hypot(...mean.map((m, c) => of[i * 4 + c] - m));
  const square = Array.from({ length: 150 }, (_, i) => radius(b.data, i) ** 2);
  const expected = Math.sqrt(square.reduce((s, v) => s + v, 0) / 150);
  for (let i = 0; i < 150; i++) expect(radius(data, i)).toBeCloseTo(expected, 10);
});

test('spaces of other widths are translated both into rows of B', async () => {
  const wide = lopsided(60, 7, 3);
  const { model } = await vec2vec({ a: wide, b }, { steps: 2, hidden: 4, batch: 16 });
  expect(await vec2vec.transform(model, wide)).toMatchObject({ rows: 60, cols: 4 });
});

const shape = { a: 4, b: 3, latent: 5, hidden: 6, blocks: 1 };
const begin = { seed: 1, float64: true };
const weightsOf = (parameters: readonly Parameter[]) => {
  const byName = new Map(parameters.map((own) => [own.name, own]));
  return (name: string) => byName.get(name) as Parameter;
};
const unit = (n: number, d: number, seed: number) => {
  const { data } = normalMatrix(n, d, seed);
  for (let i = 0; i < n; i++) {
    const norm = Math.hypot(...data.subarray(i * d, (i + 1) * d));
    for (let c = 0; c < d; c++) data[i * d + c] /= norm;
  }
  return constant(data, [n, d]);
};

test('the gradient of the critics’ loss reaches critics alone, that of the networks networks alone', async () => {
  const [networks, critics] = [translatorWeights(shape, begin), criticWeights(shape, begin)];
  const weights = weightsOf([...networks, ...critics]);
  const terms = translatorLoss(
    shape,
    weights,
    { a: unit(6, 4, 2), b: unit(6, 3, 3) },
    {
      cycle: 10,
      preservation: 1,
      adversarial: 1,
    },
  );
  const workspace = new Workspace(referenceEngine);
  const ofCritics = await gradientsOf(terms.fooling, workspace);
  expect([...ofCritics.gradients.keys()].some(({ name }) => name.startsWith('critic'))).toBe(false);
  expect([...ofCritics.gradients.keys()].some(({ name }) => name.startsWith('in-a'))).toBe(true);
  const all = await gradientsOf(terms.loss, workspace);
  expect([...all.gradients.keys()].filter(({ name }) => name.startsWith('critic')).length).toBe(18);
});

test('networks that are the identity on equal spaces lose nothing but to the critics', async () => {
  const same = { ...shape, a: 4, b: 4, latent: 4 };
  const weights = weightsOf([...translatorWeights(same, begin), ...criticWeights(same, begin)]);
  const x = unit(6, 4, 2);
  const terms = translatorLoss(
    same,
    weights,
    { a: x, b: x },
    {
      cycle: 10,
      preservation: 1,
      adversarial: 1,
    },
  );
  const [loss] = await evaluate(terms.translator, new Workspace(referenceEngine));
  expect(loss).toBeCloseTo(0, 12);
});

test('rows without a shape are refused', async () => {
  const flat = matrix(new Float64Array(12).fill(2), 3, 4);
  await expect(vec2vec({ a: flat, b })).rejects.toThrow(/all 3 rows of A are the same/);
  await expect(vec2vec({ a, b: matrix(new Float64Array(4), 1, 4) })).rejects.toThrow(
    /2 rows or more in B; got 1/,
  );
});

test('the example of the page prints what it says', async () => {
  const small = matrix(new Float64Array([3, 0, 0, 1, -1, 0, 2, 1, -4, -2]), 5, 2);
  const turned = matrix(new Float64Array([0, 3, -1, 0, 0, -1, -1, 2, 2, -4]), 5, 2);
  const { model } = await vec2vec({ a: small, b: turned }, { steps: 0 });
  const { data } = await vec2vec.transform(model, small);
  expect(`${Math.sign(data[1])} ${Math.sign(data[9])}`).toBe('1 -1');
});
