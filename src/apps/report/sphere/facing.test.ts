import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facingTurn, turnedPoints } from './facing.ts';

describe('facingTurn', () => {
  const unit = fc
    .tuple(...Array.from({ length: 3 }, () => fc.double({ min: -1, max: 1, noNaN: true })))
    .filter((v) => Math.hypot(...v) > 0.1)
    .map((v) => v.map((c) => c / Math.hypot(...v)));

  test('the first view is a rotation that brings the crowd to the front', () => {
    fc.assert(
      fc.property(unit, (mean) => {
        const turn = facingTurn(mean);
        const [x, y, z] = turnedPoints(mean, turn);
        expect(x).toBeCloseTo(-0.42, 9);
        expect(y).toBeCloseTo(0.3, 9);
        expect(z).toBeGreaterThan(0.8);
        const length = Math.hypot(...turnedPoints([0.6, 0, 0.8], turn));
        expect(length).toBeCloseTo(1, 9);
      }),
    );
  });

  test('a crowd exactly behind the target is turned about, not lost', () => {
    const z = -Math.sqrt(1 - 0.42 ** 2 - 0.3 ** 2);
    const turned = turnedPoints([0.42, -0.3, z], facingTurn([0.42, -0.3, z]));
    expect(turned[2]).toBeCloseTo(-z, 9);
  });

  test('points without a mean direction are shown as they are', () => {
    for (const points of [[1, 0, 0, -1, 0, 0], []]) {
      expect([...facingTurn(points)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    }
  });
});
