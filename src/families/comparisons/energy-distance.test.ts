import { describe, expect, test } from 'vitest';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { energyDistance } from './energy-distance.ts';

describe('energy-distance', () => {
  test('two single points, three times each, have twice their distance', async () => {
    const at = (x: number, y: number) =>
      fromRows([
        [x, y],
        [x, y],
        [x, y],
      ]);
    expect((await energyDistance({ a: at(0, 0), b: at(3, 4) })).value).toBeCloseTo(10, 12);
  });

  test('a change of spread is seen', async () => {
    const { a, b } = independentPair(80, 3, 3, 2);
    const wide = { ...b, data: b.data.map((x) => 2 * x) };
    expect((await energyDistance({ a, b: wide })).null?.pValue).toBe(1 / 200);
    expect((await energyDistance({ a, b })).null?.pValue).toBeGreaterThan(0.02);
  });
});

describeComparisonLaws(energyDistance, { ignores: [] });
