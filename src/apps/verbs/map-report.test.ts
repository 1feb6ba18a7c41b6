import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import type { Reduced } from '../../families/reduction/types.ts';
import { uniformRows } from '../../testing/points.ts';
import { mapQuality } from './map-quality.ts';
import { mapReportData } from './map-report.ts';
import { reduce } from './reduce.ts';

const points = toFloat32(uniformRows(90, 4, 1));
const words = { name: 'a.csv', method: 'pca', seconds: 1 };
const classes = Array.from({ length: 90 }, (_, i) => `c${i % 3}`);

async function dataOf(dim: number, more: object = {}, options: object = {}) {
  const reduced = await reduce(points, 'pca', { dim });
  const judged = await mapQuality(points, reduced.points);
  return mapReportData({ points, ...more }, reduced, judged, { ...words, ...options });
}

describe('mapReportData', () => {
  test('one column stands against the file, three are seen along each, more by their first two', async () => {
    const titles = async (dim: number) => (await dataOf(dim)).panels.map(({ title }) => title);
    expect(await titles(1)).toEqual(['The map']);
    expect(await titles(2)).toEqual(['The map']);
    expect(await titles(3)).toEqual(['Columns 1 and 2', 'Columns 1 and 3', 'Columns 2 and 3']);
    expect(await titles(4)).toEqual(['The first two of 4 columns']);
  });

  test('a sphere is one picture of all three columns, which can be turned', async () => {
    const map: Matrix = toFloat32(uniformRows(90, 3, 5));
    const reduced = { ...(await reduce(points, 'pca', { dim: 3 })), points: map } satisfies Reduced;
    const judged = await mapQuality(points, map);
    const { dims, panels } = mapReportData({ points }, reduced, judged, words);
    expect(dims).toBe(3);
    expect(panels.map(({ positions }) => positions)).toEqual([map.data]);
  });

  test('one column lies across, the rows in their order upward', async () => {
    const [{ positions }] = (await dataOf(1)).panels;
    const across = positions.filter((_, i) => i % 2 === 0);
    const upward = positions.filter((_, i) => i % 2 === 1);
    expect(upward).toEqual(upward.toSorted());
    const width = Math.max(...across) - Math.min(...across);
    // Float32 has 24 bits.
    expect(upward[89] / width).toBeCloseTo(0.6, 5);
  });

  test('names are shown where rows have some that are not their classes', async () => {
    expect((await dataOf(2)).isNamed).toBe(false);
    const labels = Array.from({ length: 90 }, (_, i) => `row${i}`);
    expect((await dataOf(2, { labels })).isNamed).toBe(true);
    expect((await dataOf(2, { labels: classes })).isNamed).toBe(false);
  });

  test('dots have the classes of the column that is named, is called class, or of labels that repeat', async () => {
    const own = await dataOf(2, { columns: { class: classes } });
    expect(own.classes?.names).toEqual(['c0', 'c1', 'c2']);
    expect(own.classes?.of[4]).toBe(1);
    expect((await dataOf(2, { labels: classes })).classes?.column).toBe('labels');
    const names = Array.from({ length: 90 }, (_, i) => `row${i}`);
    expect((await dataOf(2, { labels: names })).classes).toBeUndefined();
    const kind = { columns: { kind: classes } };
    expect((await dataOf(2, kind)).classes).toBeUndefined();
    expect((await dataOf(2, kind, { colorBy: 'kind' })).classes?.names).toHaveLength(3);
    await expect(dataOf(2, kind, { colorBy: 'no' })).rejects.toThrow('must be one of kind');
  });

  test('of many rows 4,000 are drawn, those that were asked about among them', async () => {
    const many = matrix(
      new Float32Array(9000).map((_, i) => Math.sin(i)),
      4500,
      2,
    );
    const reduced = await reduce(many, 'pca', { dim: 2 });
    const judged = await mapQuality(many, reduced.points);
    const { shown, view } = mapReportData({ points: many }, reduced, judged, words);
    expect(judged.quality.rows).toBe(2000);
    expect(shown.length).toBe(4000);
    expect(view).toMatch(/^4,000 of 4,500 rows are drawn\. To the right column 1 from −/);
    const drawn = new Set(shown);
    expect(judged.distortion?.rows.every((row) => drawn.has(row))).toBe(true);
  });
});
