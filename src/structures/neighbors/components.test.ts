import { expect, test } from 'vitest';
import { componentsOf } from './components.ts';

test('an edge counts whichever end lists it', () => {
  const graph = {
    indices: Int32Array.of(1, 0, 1, -1),
    distances: new Float64Array(4),
    n: 4,
    k: 1,
  };
  expect(componentsOf(graph, 4)).toEqual([[0, 1, 2], [3]]);
});
