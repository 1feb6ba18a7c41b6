import { describe, expect, test } from 'vitest';
import { describeObjectiveLaws, partnersOfTwo } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { alignment } from './alignment.ts';

const corner = fromRows([
  [1, 0],
  [0, 1],
]);

describe('alignment', () => {
  test('is the mean power of the distance of views: √2^α at a right angle', async () => {
    for (const alpha of [1, 2, 3]) {
      const { loss } = await alignment(corner, { alpha }, partnersOfTwo(2));
      expect(loss).toBeCloseTo(Math.SQRT2 ** alpha, 13);
    }
  });

  test('on unit rows is 2 − 2 · mean cosine with the start', async () => {
    const points = uniformRows(6, 4, 1);
    const start = uniformRows(6, 4, 2);
    const cosines = points.data.reduce((sum, x, e) => sum + x * start.data[e], 0) / 6;
    const { loss } = await alignment(points, {}, { start });
    expect(loss).toBeCloseTo(2 - 2 * cosines, 13);
  });

  test('pulls both views with the same force, and the point alone toward a start', async () => {
    const views = fromRows([
      [3, 0],
      [0, 5],
    ]);
    const pulled = await alignment(views, {}, partnersOfTwo(2));
    expect(Array.from(pulled.gradient.data)).toEqual([6, -10, -6, 10]);
    const held = await alignment(
      views,
      {},
      {
        start: fromRows([
          [0, 0],
          [0, 5],
        ]),
      },
    );
    expect(Array.from(held.gradient.data)).toEqual([3, 0, 0, 0]);
  });

  test('a row named by another that it does not name is pulled once', async () => {
    const { loss, gradient } = await alignment(corner, {}, { partners: Int32Array.of(1, -1) });
    expect(loss).toBe(2);
    // On the sphere: the tangent part of 2(x − y), at both.
    expect(Array.from(gradient.data)).toEqual([0, -2, -2, 0]);
  });

  test('refuses to run without partners and without a start', async () => {
    await expect(alignment(corner)).rejects.toThrow('got neither partners nor a start.');
    await expect(alignment(corner, {}, { start: uniformRows(3, 2, 1) })).rejects.toThrow(
      'alignment: expected a 2 × 2 start; got 3 × 2.',
    );
  });

  describeObjectiveLaws(alignment.bind(), { factsOf: partnersOfTwo });
  describeObjectiveLaws(alignment.bind({ alpha: 3 }), { needsStart: true });
});
