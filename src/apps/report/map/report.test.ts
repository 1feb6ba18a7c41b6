import { describe, expect, test } from 'vitest';
import type { MapReportData, QualityNumber } from './contract.ts';
import { badRows } from './figures.ts';
import { qualityTable } from './quality-table.ts';
import { mapReportHtml } from './report.ts';

const number = (value: number, chance: number): QualityNumber => ({
  value,
  low: value - 0.01,
  high: value + 0.01,
  null: { value: chance, low: chance - 0.02, high: chance + 0.02, pValue: 0, how: 'permuted rows' },
});

const n = 40;
const places = Array.from({ length: n }, (_, i) => i);
const data: MapReportData = {
  name: 'words<script>.csv',
  method: 'Principal components',
  n,
  d: 6,
  dim: 2,
  engine: 'wasm',
  seconds: 0.5,
  versions: { tammes: '0.1.0' },
  facts: { explained: 0.75 },
  quality: {
    rows: n,
    sphere: false,
    trustworthiness: number(0.9, 0.5),
    continuity: number(0.95, 0.5),
    neighborRecall10: number(0.4, 0.25),
    neighborRecall50: { value: null, low: null, high: null, null: null },
    stress: number(0.2, 0.6),
  },
  warnings: ['few <rows>.'],
  panels: [
    {
      title: 'The map',
      x: places.map((i) => Math.cos(i)),
      y: places.map((i) => Math.sin(i)),
      xTitle: 'column 1',
      yTitle: 'column 2',
    },
  ],
  view: '',
  shown: Int32Array.from(places),
  labels: places.map((i) => `w${i}<`),
  classes: { column: 'class', names: ['a', '<b>'], of: Int32Array.from(places, (i) => i % 2) },
  distortion: {
    k: 12,
    rows: Int32Array.from(places),
    falseNeighbors: Float64Array.from(places, (i) => (i === 7 ? 0.8 : i === 8 ? 0.5 : 0.1)),
    missingNeighbors: Float64Array.from(places, (i) => (i === 9 ? 0.6 : 0)),
  },
  askedLabels: places.map((i) => `w${i}<`),
};

describe('mapReportHtml', () => {
  const html = mapReportHtml(data);
  const text = html.slice(0, html.indexOf('<script>(('));

  test('has every number with its interval and what a random map has', () => {
    expect(text).toContain('<b>0.900</b>');
    expect(text).toContain('0.890 to 0.910');
    expect(text).toContain('<span title="permuted rows">0.500</span><small>0.480 to 0.520</small>');
    expect(text).toContain('Of a row’s 10 nearest, 4.0 are among its 10 nearest in the map');
    expect(text).toContain('<dt>explained</dt><dd>0.7500</dd>');
  });

  test('marks the rows that are no truer than in a random map, and lists the worst', () => {
    expect(badRows(data)).toEqual({ asked: n, falseNeighbors: [7, 8], missingNeighbors: [9] });
    expect(text.match(/<circle r="4.6"/g)).toHaveLength(3);
    expect(text.match(/<rect x="-6"/g)).toHaveLength(2);
    expect(text).toContain('Of 40 rows looked at, 2 have neighbours here that are no truer');
    expect(text.indexOf('w7&#60;')).toBeLessThan(text.lastIndexOf('w9&#60;'));
  });

  test('draws each row once, in the colour of its class', () => {
    const dots = [...text.matchAll(/<path d="((?:M[-\d. ]+h0)+)"/g)].map(([, d]) => d);
    expect(dots.map((d) => d.split('h0').length - 1)).toEqual([20, 20]);
    expect(text).toContain('&#60;b&#62;</text>');
  });

  test('escapes names, has no number that is none, and is the same bytes for the same data', () => {
    expect(html).not.toContain('words<script>');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(mapReportHtml(data)).toBe(html);
  });

  test('one unit on both axes: a flat cloud is not stretched', () => {
    const [panel] = data.panels;
    const flat = { ...panel, y: Array.from(panel.y, (y) => y / 10) };
    const height = (panels: MapReportData['panels']) =>
      Number(/viewBox="0 0 580 ([\d.]+)"/.exec(mapReportHtml({ ...data, panels }))?.[1]);
    expect(height([flat])).toBeLessThan(0.65 * height([panel]));
  });

  test('many classes share the colour of all others', () => {
    const names = Array.from({ length: 20 }, (_, i) => `k${i}`);
    const of = Int32Array.from(places, (i) => i % 20);
    const many = mapReportHtml({ ...data, classes: { column: 'class', names, of } });
    expect(many).toContain('>13 others</text>');
    expect(many).not.toContain('>k19</text>');
    // A single one beyond the colours has its name.
    const eight = Int32Array.from(places, (i) => i % 8);
    const last = mapReportHtml({ ...data, classes: { column: 'class', names, of: eight } });
    expect(last).toContain('>k7</text>');
    expect(last).not.toContain('others</text>');
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
