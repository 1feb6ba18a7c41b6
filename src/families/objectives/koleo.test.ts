import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { log } from '../../core/numeric.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, simplex } from '../../testing/points.ts';
import { koleo } from './koleo.ts';

describe('koleo', () => {
  test('of a simplex is −½ log(2(d+1)/d), of an orthoplex −½ log 2', async () => {
    for (const d of [1, 2, 3, 7]) {
      const { loss } = await koleo(simplex(d), { epsilon: 1e-12 });
      expect(loss).toBeCloseTo(-0.5 * log((2 * (d + 1)) / d), 11);
    }
    expect((await koleo(orthoplex(3), { epsilon: 1e-12 })).loss).toBeCloseTo(-Math.LN2 / 2, 11);
  });
  test('of duplicates is −log ε, without force', async () => {
    const { loss, gradient } = await koleo(
      fromRows([
        [0, 1],
        [0, 1],
      ]),
      { epsilon: 1e-8 },
    );
    expect(loss).toBeCloseTo(8 * Math.LN10, 12);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('pushes a close pair with the inverse of their distance', async () => {
    const theta = 1e-3;
    const pair = fromRows([
      [1, 0],
      [Math.cos(theta), Math.sin(theta)],
    ]);
    const { gradient } = await koleo(pair);
    expect(gradient.data[1] * theta).toBeCloseTo(1, 4);
  });
  test('refuses one point', async () => {
    await expect(koleo(fromRows([[1, 0]]))).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(koleo.bind());
  describeObjectiveLaws(koleo.bind({ epsilon: 0.1 }));
});
