import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { measureExample, reportExample } from '../../testing/report-data.ts';
import type { ReportData, SphereSample } from './contract.ts';
import { PLAIN_SCRIPT, POINTS_SCRIPT } from './generated/scripts.ts';
import { reportHtml } from './report.ts';
import { sphereFigure } from './sphere/figure.ts';

const EVIL = '</script><img src=x onerror=alert(1)>';
const html = reportHtml(reportExample());
const VOID = new Set(['meta', 'link', 'input', 'br', 'img']);

/** The first element that is closed in the wrong place, or nothing. */
function misplaced(page: string): string | undefined {
  const stack: string[] = [];
  const markup = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
  for (const [tag, close, name, rest] of markup.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^>"])*)>/g,
  )) {
    if (close === '') {
      if (!VOID.has(name) && !rest.endsWith('/')) stack.push(name);
    } else if (stack.pop() !== name) return tag;
  }
  return stack.pop();
}

/** The report with one text put in every place that takes one. */
function withText(text: string): ReportData {
  const data = reportExample();
  const { sphere, neighbors, hubs, baselines, loss } = data;
  if (!sphere || !neighbors || !hubs || !baselines || !loss)
    throw new Error('example lacks a part');
  const list = [text, text];
  return {
    ...data,
    title: text,
    source: text,
    engine: text,
    treatment: text,
    versions: { [text]: text },
    nulls: { minAngleDeg: { value: 1, low: 0, high: 2, how: text } },
    loss: { ...loss, name: text },
    sphere: { ...sphere, labels: sphere.labels.map(() => text), projection: text },
    neighbors: {
      ...neighbors,
      among: text,
      rows: [{ label: text, before: list, after: list, overlap: 2 }],
    },
    hubs: { k: 10, before: [{ label: text, count: 3 }], after: [{ label: text, count: 2 }] },
    baselines: {
      score: text,
      sets: list,
      note: text,
      treatments: [{ name: text, values: [1, 2] }],
    },
    recipe: { [text]: text },
    notes: [text],
  };
}

describe('page', () => {
  test('the same data give the same bytes', () => {
    expect(reportHtml(reportExample())).toBe(html);
  });

  test('every element is closed where it should be', () => {
    expect(misplaced(html)).toBeUndefined();
    expect(misplaced(reportHtml(measureExample()))).toBeUndefined();
    expect(misplaced('<p><b></p></b>')).toBe('</p>');
  });

  test('ids are unique and every reference to one is met', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...html.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)];
    for (const id of references.flatMap((m) => m[1].split(' '))) expect(ids).toContain(id);
    for (const [, id] of html.matchAll(/data-save="([^"]+)"/g)) expect(ids).toContain(id);
    for (const [, id] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  });

  test('addresses outside the file are namespaces and plain links to papers only', () => {
    const allowed = /"http:\/\/www\.w3\.org\/2000\/svg"|<a href="https:\/\/[^"]+"/g;
    expect(html.replace(allowed, '')).not.toMatch(/https?:|\/\/[a-z]+\.|@import|url\((?!#)/);
    expect(html).not.toMatch(/<(?:script|img|iframe|link)[^>]+(?:src|href)="(?!data:,)/);
  });

  test('figures and tables are numbered in order, each with a sentence of reading', () => {
    const figures = [...html.matchAll(/Figure (\d+)\. [^<]+<\/span> ([^<]+)<\/figcaption>/g)];
    expect(figures.map((m) => Number(m[1]))).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [, , reading] of figures) expect(reading.length).toBeGreaterThan(20);
    const tables = [...html.matchAll(/<b>Table (\d+)\.<\/b>/g)].map((m) => Number(m[1]));
    expect(tables).toEqual([1, 2, 3, 4]);
  });

  test('numbers never appear as NaN or undefined', () => {
    const text = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  test('a report of one measurement has no word of an after', () => {
    const measured = reportHtml(measureExample());
    const text = measured
      .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, ' ');
    expect(text).not.toMatch(/\bafter\b|Change/i);
    expect(text).toContain('measured, median');
  });

  test('a report with nothing but numbers is complete', () => {
    const { title, source, n, d, engine, seconds, versions, before, nulls } = reportExample();
    const bare = reportHtml({ title, source, n, d, engine, seconds, versions, before, nulls });
    expect(misplaced(bare)).toBeUndefined();
    expect(bare).not.toContain('<figure');
    expect(bare).toContain('Table 1.');
  });
});

describe('odd data', () => {
  test('histograms that counted nothing and a sphere without points leave no trace of NaN', () => {
    const data = reportExample();
    const empty = { edgesDeg: [0, 90, 180], before: [0, 0] };
    const sphere = { labels: [], before: [], projection: 'nothing' };
    const page = reportHtml({ ...data, pairwise: empty, nearest: empty, sphere });
    const text = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(text).not.toContain('NaN');
    expect(text).not.toContain('Angles between pairs');
  });

  test('counts that do not fit their bins are refused', () => {
    const nearest = { edgesDeg: [0, 90, 180], before: [1, 2, 3] };
    expect(() => reportHtml({ ...reportExample(), nearest })).toThrow(
      'report nearest-angles: expected 2 bins; got 3.',
    );
  });

  test('a rank that is missing leaves the rest of the spectrum', () => {
    const spectrum = { before: [9, 4, 0], after: [6, 5, 0] };
    const page = reportHtml({ ...reportExample(), spectrum });
    expect(page.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/NaN|Infinity/);
  });
});

describe('hostile text', () => {
  test.each([
    EVIL,
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '<!--<script>',
    '&lt;b&gt;',
  ])('%s stays text wherever it is put', (text) => {
    const page = reportHtml(withText(text));
    expect(misplaced(page)).toBeUndefined();
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<svg onload');
    expect(page).not.toContain('<!--');
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script/g)).toHaveLength(3);
    const outside = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
    const attributes = [...outside.matchAll(/<[a-zA-Z][^\s>]*((?:"[^"]*"|[^>"])*)>/g)];
    for (const [, inside] of attributes) {
      expect(inside.replace(/"[^"]*"/g, '')).not.toMatch(/onmouseover|onerror|onload/);
    }
  });

  test('a dollar sign is not taken for a pattern', () => {
    expect(reportHtml(withText("$& $' $1"))).toContain('<h1>$&#38; $&#39; $1</h1>');
  });
});

describe('sphere', () => {
  const data = reportExample();
  const sample = data.sphere as SphereSample;

  test('points that are not of unit length are refused', () => {
    const before = Float32Array.from(sample.before);
    before[3] = 9;
    expect(() => sphereFigure(data, { ...sample, before })).toThrow(InputError);
    before[3] = Number.NaN;
    expect(() => sphereFigure(data, { ...sample, before })).toThrow(/point 1 \(before\)/);
  });

  test('lists that do not match are refused', () => {
    expect(() => sphereFigure(data, { ...sample, labels: ['one'] })).toThrow(ShapeError);
  });

  test('more points than the picture can hold are refused', () => {
    const before = Array.from({ length: 2001 }, () => [0, 0, 1]).flat();
    const labels = before.slice(0, 2001).map(String);
    const many = { labels, before, projection: 'none' };
    expect(() => sphereFigure(data, many)).toThrow(/at most 2000/);
  });

  test('it is turned as a whole: angles between its points stay', () => {
    const [panel] = sphereFigure(data, sample).panels;
    const dot = (p: ArrayLike<number>, i: number, j: number) =>
      [0, 1, 2].reduce((sum, c) => sum + p[3 * i + c] * p[3 * j + c], 0);
    for (const [i, j] of [
      [0, 1],
      [5, 90],
      [17, 299],
    ]) {
      expect(dot(panel.positions, i, j)).toBeCloseTo(dot(sample.before, i, j), 5);
      expect(dot(panel.after ?? [], i, j)).toBeCloseTo(dot(sample.after ?? [], i, j), 5);
    }
  });

  test('before and after are drawn side by side for paper', () => {
    const still = html.slice(html.indexOf('id="sphere-still-1"'));
    const drawing = still.slice(0, still.indexOf('</figure>'));
    expect(drawing.match(/<svg/g)).toHaveLength(2);
    expect(drawing).toContain('>before</text>');
    expect(drawing).toContain('>after</text>');
    expect(drawing.split('h0').length - 1).toBe(600);
  });
});

describe('size', () => {
  test('a page without points has no view; one with points has it once', () => {
    const { sphere: _, ...rest } = reportExample();
    const plain = reportHtml(rest);
    expect(plain.includes(PLAIN_SCRIPT) && !plain.includes('customElements')).toBe(true);
    expect(plain.length).toBeLessThan(html.length - POINTS_SCRIPT.length);
    expect(html.split(POINTS_SCRIPT)).toHaveLength(2);
    expect(POINTS_SCRIPT.length).toBeLessThan(55_000);
    expect(PLAIN_SCRIPT.length).toBeLessThan(2000);
  });
});
