import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { spanningTreeOf } from '../../../structures/trees/spanning-tree.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { mstLength } from './mst-length.ts';

describe('mst-length', () => {
  test('all edges of the simplex of R^d are √(2 + 2/d), of the orthoplex √2', async () => {
    for (const d of [2, 5, 9]) {
      expect(await measuredValue(mstLength, simplex(d))).toBeCloseTo(Math.sqrt(2 + 2 / d), 10);
      expect(await measuredValue(mstLength, orthoplex(d))).toBeCloseTo(Math.SQRT2, 12);
    }
  });

  test('points of the circle are joined to the next, and the longest gap is left open', async () => {
    const angles = [0, 0.3, 1, 1.1, 2.5, 4];
    const { lengths, from, to } = await spanningTreeOf(
      fromRows([4, 0.3, 1.1, 0, 2.5, 1].map((a) => [Math.cos(a), Math.sin(a)])),
    );
    const gaps = angles.slice(1).map((a, i) => 2 * Math.sin((a - angles[i]) / 2));
    for (const [e, gap] of gaps.sort((a, b) => a - b).entries()) {
      expect(lengths[e]).toBeCloseTo(gap, 12);
    }
    expect([from[0], to[0]].toSorted((a, b) => a - b)).toEqual([2, 5]);
  });

  test("the tree is Kruskal's: no shorter edge joins what its longer edges join", async () => {
    const points = uniformRows(40, 3, 6);
    const { lengths } = await spanningTreeOf(points);
    expect(lengths.length).toBe(39);
    const pairs: [number, number, number][] = [];
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < i; j++) {
        const gap = [0, 1, 2].map((c) => points.data[3 * i + c] - points.data[3 * j + c]);
        pairs.push([Math.hypot(...gap), i, j]);
      }
    }
    pairs.sort((a, b) => a[0] - b[0]);
    const root = Int32Array.from({ length: 40 }, (_, i) => i);
    const find = (i: number): number => (root[i] === i ? i : find(root[i]));
    const wanted: number[] = [];
    for (const [length, i, j] of pairs) {
      if (find(i) === find(j)) continue;
      root[find(i)] = find(j);
      wanted.push(length);
    }
    for (const [e, length] of wanted.entries()) expect(lengths[e]).toBeCloseTo(length, 12);
  });

  test('clumps are shorter than uniform points, beyond the null and the interval', async () => {
    const random = Random.fromSeed(1);
    const rows = Array.from({ length: 200 }, (_, i) =>
      [0, 1, 2, 3].map((c) => (c === i % 4 ? 1 : 0) + 0.1 * random.normal()),
    );
    const { value, high, null: expected } = await mstLength(fromRows(rows));
    expect(high).toBeLessThan(expected?.low ?? NaN);
    expect(value).toBeLessThan(0.5 * (expected?.value ?? NaN));
  });

  test('of many rows a sample is joined, and it says so', async () => {
    const { warnings, value, null: expected } = await mstLength(uniformRows(1100, 3, 1));
    expect(warnings).toEqual(['joins a sample of 1,000 of the 1,100 rows.']);
    expect(value / (expected?.value ?? NaN)).toBeCloseTo(1, 1);
  });
});

describeMetricLaws(mstLength);
