import { expect, test } from 'vitest';
import type { KnnGraph } from '../../../core/graph.ts';
import { Random } from '../../../core/random.ts';
import { perplexityWeights } from './perplexity.ts';

/** Lists of ascending distances; −1 stands for a missing neighbour. */
function listsOf(rows: readonly (readonly number[])[]): KnnGraph {
  const [{ length: k }] = rows;
  const flat = rows.flat();
  return {
    indices: Int32Array.from(flat, (d, at) => (d < 0 ? -1 : at % k)),
    distances: Float64Array.from(flat, (d) => (d < 0 ? Infinity : d)),
    n: rows.length,
    k,
  };
}

function entropy(weights: Float64Array): number {
  return weights.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

const DRAWN = (() => {
  const random = Random.fromSeed(3);
  return Array.from({ length: 40 }, (_, i) =>
    Float64Array.from({ length: 30 }, () => 10 ** (i / 4 - 5) * (1 + random.uniform())).sort(),
  ).map((row) => [...row]);
})();

test('each list has the entropy of the perplexity, whatever the unit of distance', () => {
  const weights = perplexityWeights(listsOf(DRAWN), 10);
  for (let i = 0; i < DRAWN.length; i++) {
    const own = weights.subarray(i * 30, (i + 1) * 30);
    expect(Math.abs(entropy(own) - Math.log(10))).toBeLessThan(1e-5);
    expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    for (let r = 1; r < 30; r++) expect(own[r]).toBeLessThanOrEqual(own[r - 1]);
  }
});

test('logarithms of the weights are linear in the squared distances', () => {
  const [row] = DRAWN.slice(20);
  const weights = perplexityWeights(listsOf([row]), 5);
  const slope = (r: number) =>
    Math.log(weights[r] / weights[0]) / (row[r] * row[r] - row[0] * row[0]);
  for (let r = 2; r < 30; r++) expect(slope(r) / slope(1)).toBeCloseTo(1, 8);
});

test('one far neighbour among near ones, and distances of 1e150, are no trouble', () => {
  const rows = [
    [1, 1.1, 1.2, 1.3, 1e6],
    [1e150, 1.1e150, 1.2e150, 1.3e150, 2e150],
  ];
  const weights = perplexityWeights(listsOf(rows), 3);
  for (const i of [0, 1])
    expect(entropy(weights.subarray(i * 5, i * 5 + 5))).toBeCloseTo(Math.log(3), 4);
});

test('as many neighbours as the perplexity, or fewer, get equal shares', () => {
  expect([...perplexityWeights(listsOf([[1, 2, 3, 4]]), 4)]).toEqual([0.25, 0.25, 0.25, 0.25]);
  expect([...perplexityWeights(listsOf([[1, 2, 3, -1]]), 30)]).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
});

test('duplicates: nearest ones that alone exceed the perplexity share all', () => {
  expect([...perplexityWeights(listsOf([[0, 0, 0, 5]]), 2)]).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
  expect([...perplexityWeights(listsOf([[0, 0, 0, 0]]), 2)]).toEqual([0.25, 0.25, 0.25, 0.25]);
  const some = perplexityWeights(listsOf([[0, 0, 1, 2, 3]]), 3);
  expect(entropy(some)).toBeCloseTo(Math.log(3), 4);
  expect(some[0]).toBe(some[1]);
});

test('a list without neighbours has no weights', () => {
  expect([...perplexityWeights(listsOf([[-1, -1]]), 2)]).toEqual([0, 0]);
});

test('factors multiply the Gaussian before it is normalised', () => {
  const rows = [[1, 1.5, 2, 2.5, 3]];
  const factors = Float64Array.of(1, 2, 0.5, 4, 1);
  const weights = perplexityWeights(listsOf(rows), 3, factors);
  expect(entropy(weights)).toBeCloseTo(Math.log(3), 4);
  const slope = (r: number) =>
    Math.log(weights[r] / factors[r] / weights[0]) / (rows[0][r] ** 2 - 1);
  for (const r of [2, 3, 4]) expect(slope(r)).toBeCloseTo(slope(1), 10);
});

test('a perplexity below 1 is refused in a sentence', () => {
  expect(() => perplexityWeights(listsOf([[1, 2]]), 0.5)).toThrow(/perplexity.*1 or more/);
});
