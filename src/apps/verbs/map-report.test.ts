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
    expect(await titles(3)).toEqual([
      'The map along column 3',
      'The map along column 2',
      'The map along column 1',
    ]);
    expect(await titles(4)).toEqual(['The first two of 4 columns']);
  });

  test('a sphere is drawn as two halves of true area: each row is in one, within its rim', async () => {
    const map: Matrix = toFloat32(uniformRows(90, 3, 5));
    const reduced = { ...(await reduce(points, 'pca', { dim: 3 })), points: map } satisfies Reduced;
    const judged = await mapQuality(points, map);
    const { panels } = mapReportData({ points }, reduced, judged, words);
    const [front, back] = panels;
    for (let i = 0; i < 90; i++) {
      expect(Number.isNaN(front.x[i])).toBe(!Number.isNaN(back.x[i]));
      const [x, y] = Number.isNaN(front.x[i]) ? [back.x[i], back.y[i]] : [front.x[i], front.y[i]];
      // Lambert: the square of the radius is 1 less the height, so that areas stay.
      expect(x ** 2 + y ** 2).toBeCloseTo(1 - Math.abs(map.data[3 * i + 2]), 6);
    }
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
    expect(view).toBe('4,000 of 4,500 rows are drawn.');
    const drawn = new Set(shown);
    expect(judged.distortion?.rows.every((row) => drawn.has(row))).toBe(true);
  });
});
