import { expect, test } from 'vitest';
import { componentsOf, partsInWords } from './components.ts';

test('an edge counts whichever end lists it', () => {
  const graph = {
    indices: Int32Array.of(1, 0, 1, -1),
    distances: new Float64Array(4),
    n: 4,
    k: 1,
  };
  expect(componentsOf(graph, 4)).toEqual([[0, 1, 2], [3]]);
});

test('parts are told with their sizes, a connected graph is not talked about', () => {
  const pairs = {
    indices: Int32Array.of(1, 0, 3, 2, 3),
    distances: new Float64Array(5),
    n: 5,
    k: 1,
  };
  expect(partsInWords(pairs, 5)).toBe(
    'the neighbor graph with k = 1 falls into 2 parts (rows: 3, 2); how they lie to one another cannot be read off it; a larger k may join them.',
  );
  const chain = { ...pairs, indices: Int32Array.of(1, 2, 3, 4, 3) };
  expect(partsInWords(chain, 5)).toBeUndefined();
});
