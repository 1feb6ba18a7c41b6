import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { plantedSegments } from '../../../testing/segments.ts';
import { blockCosines, dipDepths } from './support/dips.ts';
import { topicBoundaries } from './topic-boundaries.ts';

describe('topic-boundaries', () => {
  const { points, starts } = plantedSegments([30, 25, 40, 30, 35], 20, 0.7, 1);

  test('finds planted boundaries within two rows, and lists them in the order of the file', async () => {
    const { value, rows = [], table = [] } = await topicBoundaries(points);
    expect(value).toBe(starts.length);
    const found = [...rows].sort((a, b) => a - b);
    for (const [i, row] of found.entries()) expect(Math.abs(row - starts[i])).toBeLessThan(3);
    expect(table.map(({ boundary }) => boundary)).toEqual(found.map((row) => `before row ${row}`));
    for (const line of table) expect(line['p by chance']).toBeLessThan(0.05);
  });

  test('rows in random order have a boundary about as often as asked', async () => {
    let found = 0;
    for (let r = 0; r < 100; r++) {
      const order = Random.fromSeed(5).fork(r).sample(points.rows);
      const { value } = await topicBoundaries(
        gathered(points, order),
        { chance: 0.1 },
        { seed: r },
      );
      if (value > 0) found += 1;
    }
    expect(found).toBeLessThan(25);
  });

  test('as many segments as were asked for', async () => {
    const { value, low, warnings } = await topicBoundaries(points, { segments: 3 });
    expect([value, low, warnings]).toEqual([2, undefined, []]);
    const many = await topicBoundaries(points, { segments: 100 });
    expect(many.warnings[0]).toMatch(/^only \d+ segments can be told apart with 10 rows/);
  });

  test('the count has Garwood’s interval', async () => {
    const { value, low = NaN, high = NaN } = await topicBoundaries(points);
    // Tables of the Poisson law: 4 counts lie between 1.0899 and 10.2416.
    expect([value, low, high]).toEqual([4, expect.closeTo(1.0899, 3), expect.closeTo(10.2416, 3)]);
  });

  test('the cosine of both sides is that of the sums of their rows', () => {
    const rows = matrix(Float64Array.from([1, 0, 1, 0, 0, 1, 0, 1, 1, 0]), 5, 2);
    expect([...blockCosines(rows, 1)]).toEqual([1, 0, 1, 0]);
    expect([...blockCosines(rows, 2)]).toEqual([0, expect.closeTo(1, 12)]);
    expect([...dipDepths(Float64Array.of(1, 0, 1, 0.5), 1)]).toEqual([0, 2, 0, 0.5]);
  });

  test('equal rows have no boundary', async () => {
    const { value, null: expected } = await topicBoundaries(
      matrix(new Float64Array(90).fill(0.3), 30, 3),
    );
    expect(value).toBe(0);
    expect(expected?.pValue).toBeGreaterThan(0.05);
  });

  test('three rows are too few', async () => {
    const { value, warnings } = await topicBoundaries(gathered(points, [0, 1, 2]));
    expect([value, warnings]).toEqual([NaN, ['needs 4 rows; got 3.']]);
  });
});

describeMetricLaws(topicBoundaries, { order: false });
