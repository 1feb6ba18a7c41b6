import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { knnAccuracy } from './knn-accuracy.ts';

const rows = fromRows(fixture.rows);
const classes = fixture.classes.map(String);

describe('knn-accuracy', () => {
  test(`k = 1, and k = 5 with two classes, are those of ${fixture.library}`, async () => {
    const one = await knnAccuracy(rows, { k: 1 }, { classes });
    expect(one.value).toBeCloseTo(fixture.knn1, 12);
    const binary = classes.map((name) => (name === '0' ? 'a' : 'b'));
    const five = await knnAccuracy(rows, { k: 5 }, { classes: binary });
    expect(five.value).toBeCloseTo(fixture.knn5OfFirstClass, 12);
  });

  test('apart clusters have 1 and their interval by Wilson; a wrong label is listed first', async () => {
    const facts = classesInTurn(3)(90);
    const names = [...(facts.classes ?? [])];
    const points = classRows(90, 8, 3, 0.05, 1);
    const right = await knnAccuracy(points, {}, { classes: names });
    expect(right).toMatchObject({ value: 1, high: 1, rows: [] });
    expect(right.low).toBeCloseTo(90 / (90 + 1.959964 ** 2), 6);
    names[31] = '0';
    expect((await knnAccuracy(points, {}, { classes: names })).rows).toEqual([31]);
  });

  test('classes that mean nothing are within the null of shuffled classes', async () => {
    const { value, null: expected } = await knnAccuracy(
      uniformRows(300, 5, 2),
      {},
      classesInTurn(4)(300),
    );
    expect(value).toBeGreaterThan((expected?.low ?? NaN) - 0.05);
    expect(value).toBeLessThan((expected?.high ?? NaN) + 0.05);
    expect(expected?.value).toBeCloseTo(0.25, 1);
  });

  test('one class, and no classes, have no number', async () => {
    const one = await knnAccuracy(rows, {}, { classes: classes.map(() => 'a') });
    expect(one.warnings).toEqual(['at least 2 classes are needed, one of them with 2 rows.']);
    expect((await knnAccuracy(rows)).warnings).toEqual([
      'this number needs the classes of the rows.',
    ]);
    await expect(knnAccuracy(rows, {}, { classes: ['a'] })).rejects.toThrow(
      'classes: expected one for each of the 60 rows',
    );
  });
});

describeMetricLaws(knnAccuracy, { facts: classesInTurn(3) });
