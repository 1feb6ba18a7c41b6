import { describe, expect, test } from 'vitest';
import { mapExample } from '../../../testing/map-report-data.ts';
import type { MapReportData } from './contract.ts';
import { badRows } from './figures.ts';
import { qualityTable } from './quality-table.ts';
import { mapReportHtml } from './report.ts';

const data = mapExample();
const { n } = data;

describe('mapReportHtml', () => {
  const html = mapReportHtml(data);
  const text = html.slice(0, html.indexOf('<script type='));

  test('has every number with its interval and what a random map has', () => {
    expect(text).toContain('<b>0.900</b>');
    expect(text).toContain('0.890 to 0.910');
    expect(text).toContain('<span title="permuted rows">0.500</span><small>0.480 to 0.520</small>');
    expect(text).toContain('Of a row’s 10 nearest, 4.0 are among its 10 nearest in the map');
    expect(text).toContain('<dt>explained</dt><dd>0.7500</dd>');
  });

  test('marks the rows that are no truer than in a random map, and lists the worst', () => {
    expect(badRows(data)).toEqual({ asked: n, falseNeighbors: [7, 8], missingNeighbors: [9] });
    // Each mark is its shape and a rim of paper below it.
    expect(text.match(/<circle [^>]*r="5.5"/g)).toHaveLength(4);
    expect(text.match(/<rect x=/g)).toHaveLength(2);
    expect(text).toContain('Of 40 rows looked at, 2 have neighbours here that are no truer');
    expect(text.indexOf('w7&#60;')).toBeLessThan(text.lastIndexOf('w9&#60;'));
  });

  test('draws each row once, in the colour of its class', () => {
    const drawn = new Map<string, number>();
    for (const [, d, color] of text.matchAll(/<path d="((?:M[-\d. ]+h0)+)"[^>]*stroke="(#\w+)"/g))
      drawn.set(color, (drawn.get(color) ?? 0) + d.split('h0').length - 1);
    expect([...drawn.values()]).toEqual([20, 20]);
    expect(text).toContain('&#60;b&#62;</text>');
  });

  test('escapes names, has no number that is none, and is the same bytes for the same data', () => {
    expect(html).not.toContain('words<script>');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(mapReportHtml(data)).toBe(html);
  });

  test('one unit on both axes: a flat cloud is not stretched', () => {
    const [panel] = data.panels;
    const flat = { ...panel, positions: panel.positions.map((c, i) => (i % 2 === 0 ? c : c / 10)) };
    const height = (panels: MapReportData['panels']) =>
      Number(/viewBox="0 0 600 ([\d.]+)"/.exec(mapReportHtml({ ...data, panels }))?.[1]);
    expect(height([flat])).toBeLessThan(0.65 * height([panel]));
  });

  test('too few rows say so', () => {
    const none = { value: null, low: null, high: null, null: null };
    const quality = { ...data.quality, neighborRecall10: none };
    const few = mapReportHtml({ ...data, quality, distortion: undefined });
    expect(few).toContain('Too few rows to say');
    expect(few).not.toContain('Badly placed');
  });
});

test('the table of the terminal has the numbers beside a random map, and a dash where there is none', () => {
  const lines = qualityTable({ ...data.quality, rows: 10 }, n, { width: 100 }).split('\n');
  expect(lines[1]).toMatch(/^trustworthiness +0\.900 +0\.890 to 0\.910 +0\.500$/);
  expect(lines[4]).toMatch(/^neighbour recall, 50 +– +–$/);
  expect(lines[6]).toBe(
    'Neighbours of 10 rows, looked for among all 40; distances at the best scale. Stress is better the smaller it is.',
  );
});
