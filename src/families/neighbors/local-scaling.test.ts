import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformRows } from '../../testing/points.ts';
import { localScaling } from './local-scaling.ts';

test('distances are d²/(σᵢσⱼ), σ the distance to the k-th neighbour', async () => {
  const [n, k] = [25, 3];
  const points = uniformRows(n, 3, 4);
  const plain = await referenceEngine.nearest(points, n - 1);
  const sigma = (i: number) => plain.distances[i * (n - 1) + k - 1];
  const { graph } = await localScaling(points, { k, candidates: n - 1 });
  for (let i = 0; i < n; i++) {
    const scaled = Array.from({ length: n - 1 }, (_, r) => {
      const at = i * (n - 1) + r;
      return plain.distances[at] ** 2 / (sigma(i) * sigma(plain.indices[at]));
    }).sort((a, b) => a - b);
    for (let r = 0; r < k; r++) expect(graph.distances[i * k + r]).toBeCloseTo(scaled[r], 12);
  }
});

test('coincident rows stay one another’s nearest, at distance 0', async () => {
  const points = matrix(new Float64Array([1, 0, 1, 0, 0, 1, 0, -1]), 4, 2);
  const { graph } = await localScaling(points, { k: 1 });
  expect([graph.indices[0], graph.indices[1]]).toEqual([1, 0]);
  expect([graph.distances[0], graph.distances[1]]).toEqual([0, 0]);
});
