import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { orthoplex, uniformRows } from '../../../testing/points.ts';
import { collapsedDirections } from './collapsed-directions.ts';

describe('collapsed-directions', () => {
  test('counts the directions without variance', async () => {
    const random = Random.fromSeed(1);
    const draw = (_: unknown, i: number) => random.normal() * (i % 10 < 7 ? 1 : 0.01);
    const rows = matrix(Float64Array.from({ length: 2000 }, draw), 200, 10);
    const result = await collapsedDirections(rows);
    expect(result).toMatchObject({ value: 3, low: 3, high: 3, warnings: [] });
    expect(result.null?.value).toBe(0);
    expect(await measuredValue(collapsedDirections, orthoplex(5))).toBe(0);
  });

  test('directions that few rows cannot span are not counted, and it says so', async () => {
    const { value, warnings } = await collapsedDirections(uniformRows(8, 20, 1));
    expect(value).toBe(0);
    expect(warnings).toEqual([
      '8 rows span no more than 7 of the 20 directions; the others are not counted.',
    ]);
  });
});

describeMetricLaws(collapsedDirections);
