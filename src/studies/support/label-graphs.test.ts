import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { pathDistances, reachOfGraphs } from './label-graphs.ts';

test('distances are steps along edges', () => {
  const path = pathDistances(3, [
    [0, 1],
    [1, 2],
  ]);
  expect(Array.from(path.data)).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0]);
});

test('leaves reach trees, corners a grid, and equally far labels nothing', () => {
  expect(reachOfGraphs(Random.fromSeed(3), 2)).toMatchObject({ trees: 1, corners: 1, complete: 0 });
});
