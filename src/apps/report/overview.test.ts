import { expect, test } from 'vitest';
import type { MetricRow } from '../../families/metrics/types.ts';
import { headlineRows, overviewText } from './overview.ts';

const row = (id: string, value: number | null, more: Partial<MetricRow> = {}): MetricRow => ({
  id,
  group: 'spread',
  title: id,
  unit: undefined,
  value,
  low: null,
  high: null,
  level: 0.95,
  null: { value: 0, low: -0.1, high: 0.1, how: 'exact' },
  warnings: [],
  ...more,
});

const known = { source: 'a.npy', n: 1200, d: 8, engine: 'wasm', seconds: 1.25, warnings: ['x: y'] };

test('a number reads by where its interval lies beside the null', () => {
  const metrics = [
    row('mean-cosine', 0.5, { low: 0.4, high: 0.6 }),
    row('hubness-skewness', 0.5, { low: 0.05, high: 0.9 }),
    row('two-nn', -0.5),
    row('stable-rank', 3),
  ];
  const text = overviewText({ ...known, metrics, findings: [] }, 'uniform', { width: 140 });
  const lines = text.split('\n');
  expect(lines[0]).toBe('a.npy: 1,200 rows × 8 columns, wasm engine, 1.3 s');
  expect(lines.slice(3, 6).map((line) => line.split(/ {2,}/).at(-1))).toEqual([
    'a common direction',
    'near a surface of fewer',
    'as by chance',
  ]);
  expect(text).toContain('Nothing stands out.');
  expect(lines.at(-1)).toMatch(/^1 more numbers and 1 remarks: --all/);
});

test('a narrow terminal loses readings last but values never, and a null of none has no column', () => {
  const metrics = [row('mean-cosine', 0.5, { low: 0.4, high: 0.6, null: null })];
  const text = overviewText({ ...known, metrics }, 'none', { width: 30 });
  expect(text).toMatch(/mean-cosine +0\.50/);
  expect(text).not.toContain('none');
  expect(text).not.toContain('stands out');
});

test('numbers that do not exist or have options of their own do not lead', () => {
  const metrics = [row('mean-cosine', null), row('two-nn', 3, { options: { rows: 'raw' } })];
  expect(headlineRows(metrics)).toEqual([]);
});
