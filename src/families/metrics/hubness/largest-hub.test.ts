import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { createSpace } from '../../../structures/space/space.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { star } from '../../../testing/zoo.ts';
import { largestHub } from './largest-hub.ts';

describe('largest-hub', () => {
  test('is the centre of a star, for its eight arms', async () => {
    const { value, rows } = await largestHub(star(9), { k: 1 });
    expect(value).toBe(8);
    expect(rows).toEqual([0]);
  });

  test('counts in a third of the lists stand for three times as many', async () => {
    const points = uniformRows(90, 10, 4);
    const graph = await referenceEngine.nearest(points, 10);
    const rows = Int32Array.from({ length: 30 }, (_, i) => 3 * i);
    const pick = <T extends Int32Array | Float64Array>(list: T) =>
      list.filter((_, at) => Math.floor(at / 10) % 3 === 0) as T;
    const sampled = {
      indices: pick(graph.indices),
      distances: pick(graph.distances),
      n: 30,
      k: 10,
      rows,
    };
    const space = createSpace(points, referenceEngine, {}, { neighbors: sampled });
    const { value, low = NaN, high = NaN, warnings } = await largestHub.measure(space, { k: 10 });
    expect(value % 3).toBe(0);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(warnings?.[0]).toMatch('30 of 90 rows');
  });
});

describeMetricLaws(largestHub);
