import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { balancedClusters } from './balanced-clusters.ts';

const options = { engine: referenceEngine, random: Random.fromSeed(1) };
const sizesOf = (of: Int32Array, k: number) =>
  Array.from({ length: k }, (_, c) => of.filter((own) => own === c).length);

describe('balancedClusters', () => {
  test('sizes differ by one at most', async () => {
    for (const [n, k] of [
      [50, 7],
      [48, 6],
      [9, 9],
      [10, 1],
    ]) {
      const sizes = sizesOf(await balancedClusters(normalMatrix(n, 3, n), k, options), k);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(sizes.reduce((a, b) => a + b)).toBe(n);
    }
  });

  test('finds planted clusters of one size', async () => {
    const random = Random.fromSeed(2);
    const data = Float64Array.from({ length: 80 * 2 }, (_, e) => {
      const cluster = Math.floor(e / 2) % 4;
      return 10 * (e % 2 === 0 ? cluster % 2 : cluster >> 1) + random.normal();
    });
    const of = await balancedClusters(matrix(data, 80, 2), 4, options);
    for (let i = 4; i < 80; i++) expect(of[i]).toBe(of[i % 4]);
    expect(new Set(of).size).toBe(4);
  });

  test('the order of the rows decides nothing, and equal rows are dealt out', async () => {
    const points = normalMatrix(40, 4, 3);
    const order = Random.fromSeed(4).sample(40);
    const of = await balancedClusters(points, 5, options);
    const shuffled = await balancedClusters(gathered(points, order), 5, options);
    expect([...shuffled]).toEqual(Array.from(order, (i) => of[i]));
    const same = await balancedClusters(matrix(new Float64Array(24).fill(1), 12, 2), 3, options);
    expect(sizesOf(same, 3)).toEqual([4, 4, 4]);
  });
});
