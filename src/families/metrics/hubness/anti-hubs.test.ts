import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { createSpace } from '../../../structures/space/space.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { star } from '../../../testing/zoo.ts';
import { antiHubs } from './anti-hubs.ts';

describe('anti-hubs', () => {
  test('seven of the eight arms of a star are nobody’s neighbour', async () => {
    const { value, rows } = await antiHubs(star(9), { k: 1 });
    expect(value).toBeCloseTo(7 / 9, 14);
    expect(rows).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test('the farthest row comes first', async () => {
    const points = uniformRows(80, 4, 2);
    points.data.set([1, 0, 0, 0], 0);
    for (let i = 1; i < 80; i++) points.data[i * 4] = -Math.abs(points.data[i * 4]);
    const { rows } = await antiHubs(points, { k: 3 });
    expect(rows?.[0]).toBe(0);
  });

  test('where only some lists are known, a sample of the rows is measured, and said', async () => {
    const points = uniformRows(400, 12, 1);
    const lists = {
      indices: new Int32Array(20),
      distances: new Float64Array(20),
      n: 1,
      k: 20,
      rows: new Int32Array([7]),
    };
    const space = createSpace(points, referenceEngine, {}, { neighbors: lists });
    const sample = await space.sample(100);
    const asSampled = { ...space, sample: async () => sample };
    const { rows = [], warnings = [] } = await antiHubs.measure(asSampled, { k: 2 });
    expect(warnings[0]).toMatch('measured among 100 of the 400 rows');
    expect(rows.length).toBeGreaterThan(0);
    const sampled = new Set(sample.rows);
    expect(rows.every((row) => sampled.has(row))).toBe(true);
  });
});

describeMetricLaws(antiHubs);
