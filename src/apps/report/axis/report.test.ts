import { expect, test } from 'vitest';
import { axisReportHtml } from './report.ts';

const row = (i: number) => ({
  ...{ row: i, label: i === 0 ? '<first>' : `row ${i}`, projection: 50 - i },
  ...{ low: 49 - i, high: 51 - i },
});
const sorted = Array.from({ length: 101 }, (_, i) => row(i));
const spearman = { value: 0.9, low: 0.85, high: 0.93 };
const data = {
  ...{ name: 'products.csv', method: 'ridge', rows: 101, columns: 4, seconds: 1.5 },
  versions: { tammes: '0.1.0' },
  explained: {
    each: [{ name: 'price', bandDegrees: 6.04, top: [], bottom: [] }],
    heldOut: {
      ...{ spearman, null: 0.4, ceiling: 0.92, rows: 101, folds: 5 },
      ceilings: { neighbors: 0.7, kernel: 0.92 },
      few: [
        { k: 2, spearman: { value: 0.1, low: 0, high: 0.3 }, extremes: 0.3 },
        { k: 8, spearman: { value: 0.4, low: 0.1, high: 0.7 }, extremes: 0.8 },
      ],
    },
    given: null,
    warnings: ['A <remark>.'],
    engine: 'wasm' as const,
  },
  sorted: [sorted],
};
const html = axisReportHtml(data as never);

test('25 of the rows stand along the axis, both ends among them, each in its band', () => {
  expect(html.match(/<circle /g)).toHaveLength(25);
  expect(html.match(/stroke-width:9/g)).toHaveLength(25);
  expect(html).toContain('&#60;first&#62;');
  expect(html).toContain('row 100');
});

test('the lead says how well it orders, beside random directions', () => {
  expect(html).toContain(
    'Rows held out are ordered with a rank correlation of 0.900 (0.850 to 0.930); 95 of 100 random directions stay below 0.400.',
  );
  expect(html).toContain('these lie within 6.0° of it');
});

test('what comes from the file is escaped, and nothing is loaded', () => {
  expect(html).toContain('A &#60;remark&#62;.');
  expect(html).not.toMatch(/<(first|remark)>/);
  expect(html).not.toMatch(/src="http|href="http/);
});

test('given directions have no band, and no order where nothing says one', () => {
  const each = [{ name: 'queen - king', bandDegrees: null, top: [], bottom: [] }];
  const plain = axisReportHtml({
    ...data,
    explained: { ...data.explained, each, heldOut: null },
    sorted: [sorted.map((one) => ({ ...one, low: null, high: null }))],
  } as never);
  expect(plain).not.toContain('stroke-width:9');
  expect(plain).toContain('The direction is given, not estimated.');
  expect(plain).not.toContain('How well it orders');
});
