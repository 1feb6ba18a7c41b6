import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { cosineOfMeans, fallWithout, gradientMaps, type PartPair } from './similarity-pairs.ts';

const pair: PartPair = [
  matrix(Float64Array.of(2, 0, 0, 1), 2, 2),
  matrix(Float64Array.of(1, 0, 0, 3), 2, 2),
];

test('the map of gradients is that of the cosine at the pooled vectors', () => {
  const [map] = gradientMaps(pair);
  const moved = (by: number): number => {
    const data = pair[0].data.slice();
    // Along the first part itself.
    data[0] += by * 2;
    return cosineOfMeans([matrix(data, 2, 2), pair[1]]);
  };
  const slope = (moved(1e-6) - moved(-1e-6)) / 2e-6;
  expect(slope).toBeLessThan(0);
  expect(map[0]).toBe(0);
  expect(map[1]).toBeGreaterThan(0);
});

test('what falls is the cosine of what is left', () => {
  // Without the first part of A and the second of B nothing is shared.
  const fall = fallWithout(pair, [Float64Array.of(1, 0), Float64Array.of(0, 1)], 0.5);
  expect(fall).toBeCloseTo(cosineOfMeans(pair), 12);
});
