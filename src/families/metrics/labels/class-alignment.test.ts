import { describe, expect, test } from 'vitest';
import { classesInTurn } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { classAlignment } from './class-alignment.ts';

describe('class-alignment', () => {
  test('is the plain mean over the pairs of one class', async () => {
    const points = uniformRows(20, 4, 1);
    let [sum, pairs] = [0, 0];
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < i; j++) {
        if (i % 3 !== j % 3) continue;
        pairs += 1;
        for (let c = 0; c < 4; c++) sum += (points.data[4 * i + c] - points.data[4 * j + c]) ** 2;
      }
    }
    const { value } = await classAlignment(points, {}, classesInTurn(3)(20));
    expect(value).toBeCloseTo(sum / pairs, 12);
  });
});

describeMetricLaws(classAlignment, { facts: classesInTurn(3) });
