import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex } from '../../testing/points.ts';
import { minMaxCosine } from './min-max-cosine.ts';

describe('minMaxCosine', () => {
  test('of a simplex is −1/d, of an orthoplex 0, of coincident points 1', async () => {
    for (const d of [1, 2, 3, 7]) {
      expect((await minMaxCosine(simplex(d))).loss).toBeCloseTo(-1 / d, 13);
    }
    expect((await minMaxCosine(orthoplex(4))).loss).toBeCloseTo(0, 14);
    expect(
      (
        await minMaxCosine(
          fromRows([
            [0, 1],
            [0, 1],
          ]),
        )
      ).loss,
    ).toBe(1);
  });
  test('pushes a pair with the sine of their angle, from both ends', async () => {
    const { gradient } = await minMaxCosine(
      fromRows([
        [1, 0],
        [0.8, 0.6],
      ]),
    );
    expect(gradient.data[0]).toBeCloseTo(0, 15);
    expect(gradient.data[1]).toBeCloseTo(0.6, 14);
  });
  test('refuses one point', async () => {
    await expect(minMaxCosine(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(minMaxCosine.bind());
});
