import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { euclideanShapeDistance } from './euclidean-shape-distance.ts';

const run = { engine: referenceEngine };

describe('euclidean-shape-distance', () => {
  test('twice as large a space is as far away as its rows are long', async () => {
    const a = fromRows([
      [3, 4],
      [-3, -4],
      [4, -3],
      [-4, 3],
    ]);
    const b = { ...a, data: a.data.map((x) => 2 * x) };
    expect((await euclideanShapeDistance({ a, b }, {}, run)).value).toBeCloseTo(5, 12);
  });
});

describeComparisonLaws(euclideanShapeDistance, {
  ignores: ['rotation', 'shift', 'columns'],
  same: 0,
});
