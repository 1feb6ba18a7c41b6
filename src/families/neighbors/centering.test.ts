import { expect, test } from 'vitest';
import { fromRows } from '../../testing/points.ts';
import { centering } from './centering.ts';

test('four rows about a mean far away have the neighbours of a square', async () => {
  // Of (10, ±1, 0) and (10, 0, ±1) all cosines are near 1; less their mean they are ±e₂ and ±e₃.
  const points = fromRows([
    [10, 1, 0],
    [10, 0, 1],
    [10, -1, 0],
    [10, 0, -1],
  ]);
  const { graph } = await centering(points, { k: 3 });
  for (let i = 0; i < 4; i++) {
    expect(graph.indices[3 * i + 2]).toBe((i + 2) % 4);
    expect(graph.distances[3 * i + 2]).toBeCloseTo(2, 6);
    expect(graph.distances[3 * i]).toBeCloseTo(Math.SQRT2, 6);
  }
});
