import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { pathGraph, shortestPathsFrom } from './graph-paths.ts';

test('along a line a path is as long as its ends are apart, and shorter in many steps where steps are squared', async () => {
  const line = matrix(Float64Array.of(0, 1, 2, 3, 10), 5, 1);
  const plain = await pathGraph(line, { k: 2, power: 1 }, referenceEngine);
  expect(Array.from(shortestPathsFrom(plain, 0))).toEqual([0, 1, 2, 3, 10]);
  const squared = await pathGraph(line, { k: 4, power: 2 }, referenceEngine);
  expect(Array.from(shortestPathsFrom(squared, 0))).toEqual([0, 1, 2, 3, 52]);
});

test('shortest paths are those of Floyd and Warshall', async () => {
  const graph = await pathGraph(normalMatrix(30, 2, 1), { k: 3, power: 1.5 }, referenceEngine);
  const all = Array.from({ length: 30 }, (_, i) =>
    Float64Array.from({ length: 30 }, (_, j) => {
      const at = graph.to[i].indexOf(j);
      return i === j ? 0 : at < 0 ? Infinity : graph.lengths[i][at];
    }),
  );
  for (let m = 0; m < 30; m++)
    for (let i = 0; i < 30; i++)
      for (let j = 0; j < 30; j++) all[i][j] = Math.min(all[i][j], all[i][m] + all[m][j]);
  for (let i = 0; i < 30; i++)
    for (const [j, length] of shortestPathsFrom(graph, i).entries())
      expect(length).toBeCloseTo(all[i][j], 12);
});
