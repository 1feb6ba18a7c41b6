import { describe, expect, test } from 'vitest';
import { matrix } from '../../../../core/matrix.ts';
import { centroidGap, recallBothWays, recallOf } from './measures.ts';

describe('recall of pairs', () => {
  test('counts partners among the nearest', () => {
    const nearness = [
      [3, 2, 1],
      [3, 2, 1],
      [1, 2, 3],
    ];
    expect(recallOf((i, j) => nearness[i][j], 3)).toEqual({ recallAt1: 2 / 3, recallAt10: 1 });
  });

  test('of rows that all are equally near is what chance finds', () => {
    const found = recallOf(() => 0, 20);
    expect(found.recallAt1).toBeCloseTo(1 / 20, 12);
    expect(found.recallAt10).toBeCloseTo(10 / 20, 12);
  });

  test('goes by distance where space is curved', () => {
    // By product row 0 is nearest to the far row 1; by distance to itself.
    const a = matrix(Float64Array.of(0.5, 0, 3, 0.2), 2, 2);
    expect(recallBothWays(a, a, undefined).there.recallAt1).toBe(0.5);
    expect(recallBothWays(a, a, 1).there.recallAt1).toBe(1);
  });

  test('sides of two shapes are refused', () => {
    const a = matrix(new Float64Array(4), 2, 2);
    expect(() => recallBothWays(a, matrix(new Float64Array(2), 1, 2))).toThrow(
      'recallBothWays: expected 2 × 2 rows; got 1 × 2.',
    );
  });

  test('the gap of opposite sides is 2, whatever their length', () => {
    const a = matrix(Float64Array.of(5, 0, 1, 0), 2, 2);
    expect(centroidGap(a, { ...a, data: a.data.map((x) => -3 * x) })).toBeCloseTo(2, 12);
  });
});
