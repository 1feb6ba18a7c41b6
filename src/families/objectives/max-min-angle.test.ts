import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { acos } from '../../core/numeric.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex } from '../../testing/points.ts';
import { maxMinAngle } from './max-min-angle.ts';

describe('maxMinAngle', () => {
  test('of a simplex is −arccos(−1/d), of an orthoplex −π/2', async () => {
    for (const d of [2, 3, 7]) {
      expect((await maxMinAngle(simplex(d))).loss).toBeCloseTo(-acos(-1 / d), 13);
      expect((await maxMinAngle(orthoplex(d))).loss).toBeCloseTo(-Math.PI / 2, 13);
    }
  });
  test('sees angles far below the 0.028° of a clamped cosine, with gradients of length 1', async () => {
    for (const theta of [1e-3, 1e-6, 1e-9]) {
      const pair = fromRows([
        [1, 0],
        [Math.cos(theta), Math.sin(theta)],
      ]);
      const { loss, gradient } = await maxMinAngle(pair);
      expect(loss / -theta).toBeCloseTo(1, 6);
      expect(gradient.data[1]).toBeCloseTo(1, 6); // (1/2) from each end
      expect(gradient.data[3]).toBeCloseTo(-1, 6);
    }
  });
  test('gives both ends of a nearest pair the gradient, and ties to the lower row', async () => {
    // Row 2 is as far from row 0 as from row 1; its own angle must pull on row 0 alone.
    const points = fromRows([
      [0.8, 0.6, 0],
      [0.8, -0.6, 0],
      [0, 0, 1],
    ]);
    const { gradient } = await maxMinAngle(points);
    const [, , z0, , , z1] = gradient.data;
    expect(z0).toBeCloseTo(1 / 3, 13); // pushed from row 2
    expect(z1).toBeCloseTo(0, 13);
  });
  test('gives coincident and antipodal pairs no force', async () => {
    for (const pair of [
      [
        [0, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [0, -1],
      ],
    ]) {
      const { gradient } = await maxMinAngle(fromRows(pair));
      expect(gradient.data.every((value) => value === 0)).toBe(true);
    }
  });
  test('refuses one point', async () => {
    await expect(maxMinAngle(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(maxMinAngle.bind());
});
