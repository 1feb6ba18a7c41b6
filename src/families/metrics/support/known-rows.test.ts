import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { uniformRows } from '../../../testing/points.ts';
import {
  knnAccuracy,
  linearProbeAccuracy,
  normFrequencyCorrelation,
  silhouette,
} from '../index.ts';
import { isMissing } from './known-rows.ts';

const run = { engine: referenceEngine };

/** Three clusters of rows, every fifth of which has no class. */
function clusters(): { readonly points: Matrix; readonly classes: readonly string[] } {
  const points = uniformRows(45, 4, 3);
  for (let i = 0; i < 45; i++) points.data[4 * i + (i % 3)] += 2;
  const blanks = ['', ' ', 'NaN', 'null', 'None'];
  const classes = Array.from({ length: 45 }, (_, i) =>
    i % 5 === 0 ? blanks[(i / 5) % 5] : `topic ${i % 3}`,
  );
  return { points, classes };
}

describe.each([knnAccuracy, linearProbeAccuracy, silhouette])('$spec.id', (metric) => {
  test('rows without a class are left out, and it is said', async () => {
    const { points, classes } = clusters();
    const kept = [...classes.keys()].filter((i) => i % 5 !== 0);
    const all = await metric(points, {}, { ...run, classes });
    const alone = await metric(
      gathered(points, kept),
      {},
      {
        ...run,
        classes: kept.map((i) => classes[i]),
      },
    );
    expect(all.value).toBe(alone.value);
    expect(all.null?.value).toBe(alone.null?.value);
    expect(all.warnings.slice(-1)).toEqual([
      '9 of 45 rows have no class (empty, “NaN”, “null”, “None”) and were left out.',
    ]);
    expect(alone.warnings).not.toContainEqual(expect.stringContaining('no class'));
    expect(all.rows).toEqual(alone.rows?.map((i) => kept[i]));
    for (const [name, values] of Object.entries(all.perRow ?? {})) {
      expect(values).toHaveLength(45);
      expect(values[0]).toBeNaN();
      expect(values[kept[7]]).toBe(alone.perRow?.[name][7]);
    }
  });

  test('nothing is measured where no row has a class', async () => {
    const { points } = clusters();
    const { value, warnings } = await metric(points, {}, { ...run, classes: Array(45).fill('') });
    expect(value).toBeNaN();
    expect(warnings).toEqual(['45 of 45 rows have no class (empty) and were left out.']);
  });
});

test('a missing frequency is counted', async () => {
  const frequencies = Float64Array.from({ length: 20 }, (_, i) => (i < 3 ? NaN : i));
  const points = uniformRows(20, 3, 1);
  for (let e = 0; e < 60; e++) points.data[e] *= 1 + Math.floor(e / 3);
  const { warnings } = await normFrequencyCorrelation(points, {}, { ...run, frequencies });
  expect(warnings).toEqual(['3 of 20 rows have no frequency and were left out.']);
});

test('words that only begin like a missing value are classes', () => {
  expect(['none', 'nano', 'Na', '0', 'NULLs'].some(isMissing)).toBe(false);
  expect(['', '  ', 'NaN', 'null', '<NA>'].every(isMissing)).toBe(true);
});
