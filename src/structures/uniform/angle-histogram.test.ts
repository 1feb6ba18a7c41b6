import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import { nearestAngleHistogram, pairAngleHistogram } from './angle-histogram.ts';

test('the orthoplex of R³ has 12 pairs at 90° and 3 at 180°', () => {
  const { edgesDeg, counts, total } = pairAngleHistogram(orthoplex(3), Random.fromSeed(0));
  const found = [...counts.keys()].filter((b) => counts[b] > 0);
  expect(found.map((b) => [edgesDeg[b], counts[b]])).toEqual([
    [90, 12],
    [179.5, 3],
  ]);
  expect(total).toBe(15);
});

test('many pairs are sampled, by seed, and never a row with itself', () => {
  const points = uniformRows(2100, 24, 4);
  const first = pairAngleHistogram(points, Random.fromSeed(1));
  expect(first.sampled).toBe(2_000_000);
  expect(first.total).toBe(2_000_000);
  // Uniform points of R²⁴ are far apart: only a row paired with itself is within half a degree.
  expect(first.counts[0]).toBe(0);
  expect(pairAngleHistogram(points, Random.fromSeed(1))).toEqual(first);
});

test('the densities integrate to 1 over the degrees', () => {
  const pairs = pairAngleHistogram(
    fromRows([
      [1, 0, 0],
      [0, 1, 0],
    ]),
    Random.fromSeed(0),
  );
  const nearest = nearestAngleHistogram(new Float64Array([1, 2]), 300, 12);
  for (const { nullDensity } of [pairs, nearest]) {
    if (!nullDensity) throw new Error('no density');
    const { angleDeg, density } = nullDensity;
    const step = angleDeg[1] - angleDeg[0];
    expect(density.reduce((sum, x) => sum + x * step, 0)).toBeCloseTo(1, 3);
  }
});

test('uniform points follow the density, bin by bin, within 5 standard errors', () => {
  const { counts, total, nullDensity } = pairAngleHistogram(
    uniformRows(900, 5, 3),
    Random.fromSeed(0),
  );
  for (let b = 40; b < 320; b++) {
    const expected = (nullDensity?.density[2 * b + 1] ?? NaN) * 0.5 * total;
    expect(Math.abs(counts[b] - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1);
  }
});
