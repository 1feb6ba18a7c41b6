import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { drawnEdges, type EdgeSampler, rowsByDegree, scheduledEdges } from './edge-samplers.ts';
import type { Edges } from './layout-edges.ts';

const triangle: Edges = {
  n: 3,
  heads: Int32Array.of(0, 0, 1),
  tails: Int32Array.of(1, 2, 2),
  weights: Float64Array.of(4, 2, 1),
};

/** How often each edge is followed in each direction: `from-to`. */
function countsOf({ steps, most, sample }: EdgeSampler): Record<string, number> {
  const [heads, tails] = [new Int32Array(most), new Int32Array(most)];
  const counts: Record<string, number> = {};
  for (let step = 0; step < steps; step++) {
    const count = sample(step, heads, tails);
    for (let at = 0; at < count; at++) {
      const key = `${heads[at]}-${tails[at]}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

test('scheduled edges come both ways, as often as their weight beside the largest says', () => {
  expect(countsOf(scheduledEdges(triangle, 100, Random.fromSeed(1)))).toEqual({
    '0-1': 100,
    '1-0': 100,
    '0-2': 50,
    '2-0': 50,
    '1-2': 25,
    '2-1': 25,
  });
});

test('a round follows all scheduled edges one way before any of them comes back', () => {
  const edges: Edges = {
    n: 50,
    heads: Int32Array.from({ length: 49 }, (_, i) => i),
    tails: Int32Array.from({ length: 49 }, (_, i) => i + 1),
    weights: new Float64Array(49).fill(1),
  };
  const { most, sample } = scheduledEdges(edges, 1, Random.fromSeed(1));
  const [heads, tails] = [new Int32Array(most), new Int32Array(most)];
  expect(sample(0, heads, tails)).toBe(49);
  const there = heads.slice();
  expect(there.every((row, at) => tails[at] === row + 1)).toBe(true);
  // In no order of rows.
  expect(there).not.toEqual(there.toSorted());
  expect(sample(1, heads, tails)).toBe(49);
  expect(tails).toEqual(there);
});

test('drawn edges come in shares of their weights, either way', () => {
  const samples = 70_000;
  const counts = countsOf(drawnEdges(triangle, samples, Random.fromSeed(1)));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(samples);
  for (const [key, share] of [
    ['0-1', 4 / 14],
    ['1-0', 4 / 14],
    ['0-2', 2 / 14],
    ['2-0', 2 / 14],
    ['1-2', 1 / 14],
    ['2-1', 1 / 14],
  ] as const) {
    // Five standard deviations of a binomial count.
    const slack = 5 * Math.sqrt(samples * share * (1 - share));
    expect(Math.abs(counts[key] - samples * share), key).toBeLessThan(slack);
  }
});

test('a step gives the same edges whichever steps came before it', () => {
  const sampler = drawnEdges(triangle, 50_000, Random.fromSeed(2));
  const drawn = () => {
    const [heads, tails] = [new Int32Array(sampler.most), new Int32Array(sampler.most)];
    const count = sampler.sample(2, heads, tails);
    return [heads.slice(0, count), tails.slice(0, count)];
  };
  const first = drawn();
  sampler.sample(0, new Int32Array(sampler.most), new Int32Array(sampler.most));
  expect(drawn()).toEqual(first);
});

test('rows are drawn by the ¾-th power of their degree', () => {
  const table = rowsByDegree(triangle, 2 ** 12);
  const powers = [6 ** 0.75, 5 ** 0.75, 3 ** 0.75];
  const total = powers.reduce((sum, power) => sum + power, 0);
  for (const [row, power] of powers.entries()) {
    const count = table.filter((drawn) => drawn === row).length;
    expect(Math.abs(count - (2 ** 12 * power) / total)).toBeLessThanOrEqual(1);
  }
});
