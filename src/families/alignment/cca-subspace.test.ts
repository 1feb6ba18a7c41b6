import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { ccaSubspace } from './cca-subspace.ts';

/** Correlations of three pairs of normal columns. */
const CORRELATIONS = [0.9, 0.5, 0.1];
const N = 20_000;

function gaussian(n: number) {
  const random = Random.fromSeed(4);
  const [a, b] = [new Float64Array(3 * n), new Float64Array(3 * n)];
  for (let e = 0; e < 3 * n; e++) {
    const rho = CORRELATIONS[e % 3];
    a[e] = random.normal();
    // Another unit for each column: correlations know none.
    b[e] = (rho * a[e] + Math.sqrt(1 - rho ** 2) * random.normal()) * (1 + (e % 3));
  }
  return { a: matrix(a, n, 3), b: matrix(b, n, 3) };
}

test('correlations of Gaussian data are those of its law', async () => {
  const { model } = await ccaSubspace(gaussian(N), { directions: 3, ridge: 1e-9 });
  const found = model.parameters.find(({ name }) => name === 'correlations')?.data ?? [];
  // The standard error of a correlation ρ of n pairs is (1 − ρ²)/√n, 0.007 at most.
  CORRELATIONS.forEach((rho, k) => {
    expect(Math.abs(found[k] - rho)).toBeLessThan(4 * 0.007);
  });
});

test('variables of both sides have the correlations as products, each weighted by its own', async () => {
  const { a, b } = gaussian(500);
  for (const weighted of [false, true]) {
    const { model } = await ccaSubspace({ a, b }, { directions: 2, ridge: 1e-9, weighted });
    const x = (await ccaSubspace.transform(model, a)).data;
    const y = (await ccaSubspace.transform(model, b, 'b')).data;
    const rho = model.parameters.find(({ name }) => name === 'correlations')?.data ?? [];
    const product = (k: number, l: number) => {
      let sum = 0;
      for (let i = 0; i < 500; i++) sum += x[2 * i + k] * y[2 * i + l];
      return sum;
    };
    for (const k of [0, 1]) expect(product(k, k)).toBeCloseTo(weighted ? rho[k] ** 2 : rho[k], 6);
    expect(product(0, 1)).toBeCloseTo(0, 6);
  }
});

test('with fewer pairs than dimensions a ridge keeps unrelated spaces from a correlation of 1', async () => {
  const random = Random.fromSeed(7);
  const noise = () =>
    matrix(
      Float64Array.from({ length: 15 * 40 }, () => random.normal()),
      15,
      40,
    );
  const input = { a: noise(), b: noise() };
  const bare = await ccaSubspace(input, { ridge: 1e-9, directions: 1 });
  const ridged = await ccaSubspace(input, { ridge: 1, directions: 1 });
  expect(bare.facts['firstCorrelation']).toBeGreaterThan(0.999);
  expect(ridged.facts['firstCorrelation']).toBeLessThan(0.9);
  expect(ridged.warnings).toHaveLength(1);
});

test('what only one space knows is left out by pairs held out', async () => {
  const random = Random.fromSeed(9);
  const a = matrix(
    Float64Array.from({ length: 600 * 8 }, () => random.normal()),
    600,
    8,
  );
  const b = matrix(
    a.data.map((x, e) => (e % 8 < 3 ? x + 0.05 * random.normal() : random.normal())),
    600,
    8,
  );
  const { facts } = await ccaSubspace({ a, b }, { weighted: false });
  expect(facts['directions']).toBe(3);
});

test('more directions than there are gives all, in a sentence', async () => {
  const { facts, warnings } = await ccaSubspace(gaussian(50), { directions: 9, ridge: 0.1 });
  expect(facts['directions']).toBe(3);
  expect(warnings).toEqual(['These pairs have 3 canonical directions: it keeps all of them.']);
});

test('where fewer directions do as well on the pairs held out, all are kept', async () => {
  const random = Random.fromSeed(11);
  const a = matrix(
    Float64Array.from({ length: 200 * 6 }, () => random.normal()),
    200,
    6,
  );
  // B says all that A says: three directions already tell 40 pairs apart, but not 2,000.
  const { facts } = await ccaSubspace({ a, b: matrix(a.data.slice(), 200, 6) });
  expect(facts['directions']).toBe(6);
});
