import { describe, expect, test } from 'vitest';
import { gathered } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { plantedSegments } from '../../../testing/segments.ts';
import { segmentationError } from './segmentation-error.ts';
import { disagreements, evenStarts, segmentsOf, shareOf } from './support/segmentation.ts';

describe('P_k and WindowDiff', () => {
  const truth = segmentsOf(12, [4, 8]);
  const errors = (starts: number[]) => {
    const { pk, windowDiff } = disagreements(truth, segmentsOf(12, starts), 2);
    return [shareOf(pk), shareOf(windowDiff)];
  };

  test('are 0 for the truth and count k windows for each boundary that is missed', () => {
    expect(errors([4, 8])).toEqual([0, 0]);
    expect(errors([])).toEqual([0.4, 0.4]);
  });

  test('a near miss costs one window on each side', () => {
    expect(errors([5, 8])).toEqual([0.2, 0.2]);
  });

  test('only WindowDiff sees a boundary beside a true one', () => {
    const [pk, windowDiff] = errors([4, 5, 8]);
    expect(windowDiff).toBeGreaterThan(pk);
  });

  test('even boundaries cut equal parts', () => {
    expect(evenStarts(12, 3)).toEqual([4, 8]);
  });
});

describe('segmentation-error', () => {
  const { points, classes } = plantedSegments([30, 25, 40, 30, 35], 20, 0.7, 1);

  test('is small for planted segments and near chance for rows in random order', async () => {
    const { value, table = [], null: expected } = await segmentationError(points, {}, { classes });
    expect(value).toBeLessThan(0.05);
    expect(expected?.pValue).toBe(1 / 200);
    expect(table.map(({ boundaries }) => boundaries)).toEqual([
      'found in the rows',
      'evenly spaced',
      'at random places',
    ]);
    expect(table[0]).toMatchObject({ P_k: value });
    const shuffled = gathered(points, Random.fromSeed(1).sample(points.rows));
    const chance = await segmentationError(shuffled, {}, { classes });
    expect(chance.value).toBeGreaterThan(chance.null?.low ?? 1);
  });

  test('classes that do not come in runs are refused with a reason', async () => {
    const mixed = classes.map((_, i) => `${i % 2}`);
    const { value, warnings } = await segmentationError(points, {}, { classes: mixed });
    expect(value).toBeNaN();
    expect(warnings).toEqual([
      'the rows do not stand class by class: the class changes 159 times in 160 rows.',
    ]);
    const one = await segmentationError(points, {}, { classes: classes.map(() => 'a') });
    expect(one.warnings[0]).toMatch(/^all rows have one class/);
  });

  test('without classes it says what it needs', async () => {
    expect((await segmentationError(uniformRows(20, 3, 1))).warnings).toEqual([
      'this number needs the classes of the rows.',
    ]);
  });
});

describeMetricLaws(segmentationError, {
  order: false,
  oneDimension: false,
  facts: (n) => ({ classes: Array.from({ length: n }, (_, i) => (2 * i < n ? 'a' : 'b')) }),
});
