import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { classSeparation } from './class-separation.ts';

describe('class-separation', () => {
  test('orthonormal classes have 1', async () => {
    const { value } = await classSeparation(classRows(20, 5, 4, 0, 1), {}, classesInTurn(4)(20));
    expect(value).toBeCloseTo(1, 12);
  });

  test('classes that mean nothing have 0 inside the interval in 95 of 100 sets, within 4 errors', async () => {
    const random = Random.fromSeed(3);
    let covered = 0;
    for (let r = 0; r < 100; r++) {
      const points = uniformRows(60, 4, random.fork(r));
      const { low = NaN, high = NaN } = await classSeparation(points, {}, classesInTurn(3)(60));
      if (low <= 0 && 0 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(95 - 4 * 2.2);
  });
});

describeMetricLaws(classSeparation, { facts: classesInTurn(3) });
