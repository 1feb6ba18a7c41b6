import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { nearestAngleMean } from '../../../structures/uniform/angles.ts';
import { uniformRows } from '../../../testing/points.ts';
import { spherePatches } from './sphere-patches.ts';

describe('patches of uniform points', () => {
  test.each([
    [1, 20, 5],
    [3, 100, 10],
    [30, 200, 12],
  ])('in dimension %i the nearest of %i points lies where it ought to', (m, n, k) => {
    const random = Random.fromSeed(1);
    const draw = spherePatches(n, k, m);
    const angles = Array.from({ length: 4000 }, () => 2 * Math.asin(draw(random)[1] / 2));
    const mean = angles.reduce((a, b) => a + b, 0) / angles.length;
    const spread = Math.sqrt(
      angles.reduce((a, b) => a + (b - mean) ** 2, 0) / angles.length / angles.length,
    );
    expect(Math.abs(mean - nearestAngleMean(n, m + 1))).toBeLessThan(4 * spread);
  });

  test.each([3, 30])(
    'in dimension %i neighbours are as far apart as those of drawn points',
    (m) => {
      const [n, k] = [60, 12];
      const random = Random.fromSeed(2);
      const draw = spherePatches(n, k, m);
      const simulated: number[] = [];
      const drawn: number[] = [];
      for (let r = 0; r < 400; r++) {
        simulated.push(meanChord(draw(random), k));
        const { data } = uniformRows(n, m + 1, random);
        const row = (i: number) => data.subarray(i * (m + 1), (i + 1) * (m + 1));
        const chord = (a: number, b: number) => Math.hypot(...row(a).map((x, c) => x - row(b)[c]));
        const near = Array.from({ length: n }, (_, i) => i)
          .sort((a, b) => chord(0, a) - chord(0, b))
          .slice(0, k + 1);
        drawn.push(
          meanChord(Float64Array.from(near.flatMap((a) => near.map((b) => chord(a, b)))), k),
        );
      }
      const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
      const variance = (x: readonly number[]) =>
        x.reduce((a, b) => a + (b - mean(x)) ** 2, 0) / x.length ** 2;
      const error = Math.sqrt(variance(simulated) + variance(drawn));
      expect(Math.abs(mean(simulated) - mean(drawn))).toBeLessThan(4 * error);
    },
  );
});

/** Of the pairs of neighbours. */
function meanChord(distances: Float64Array, k: number): number {
  let sum = 0;
  for (let a = 1; a <= k; a++) for (let b = 1; b <= k; b++) sum += distances[a * (k + 1) + b];
  return sum / (k * (k - 1));
}
