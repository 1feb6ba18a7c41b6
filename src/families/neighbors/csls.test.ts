import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformRows } from '../../testing/points.ts';
import { csls } from './csls.ts';

test('distances are r(i) + r(j) − 2 cos, r the mean cosine to the k nearest (Eq. 3)', async () => {
  const [n, k, d] = [20, 4, 3];
  const points = uniformRows(n, d, 6);
  const plain = await referenceEngine.nearest(points, n - 1);
  const cosine = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += points.data[i * d + c] * points.data[j * d + c];
    return sum;
  };
  const near = (i: number) => {
    let sum = 0;
    for (let r = 0; r < k; r++) sum += cosine(i, plain.indices[i * (n - 1) + r]) / k;
    return sum;
  };
  const { graph } = await csls(points, { k, candidates: n - 1 });
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < k; r++) {
      const j = graph.indices[i * k + r];
      const wanted = near(i) + near(j) - 2 * cosine(i, j);
      expect(graph.distances[i * k + r]).toBeCloseTo(wanted, 10);
    }
  }
});
