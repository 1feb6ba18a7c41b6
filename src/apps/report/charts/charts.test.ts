import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotPlot } from './dot-plot.ts';
import { separated } from './frame.ts';
import { barGlyph, moveGlyph } from './glyphs.ts';
import { densities, histogram } from './histogram.ts';
import { intervalPlot } from './interval-plot.ts';
import { lineChart } from './line.ts';
import { scatterChart } from './scatter.ts';
import { spectrum } from './spectrum.ts';

const about = { id: 'c', width: 452, height: 300, title: 'A title', description: 'What it shows.' };
const axes = { xTitle: 'x', yTitle: 'y' };
const counts = fc.array(fc.nat(1000), { minLength: 3, maxLength: 40 });

const charts: Record<string, string> = {
  histogram: histogram({
    ...about,
    ...axes,
    edges: [0, 1, 2, 3],
    series: [
      { kind: 'before', label: 'before', counts: [1, 5, 2] },
      { kind: 'after', label: 'after', counts: [0, 2, 6] },
    ],
    curve: { label: 'law', x: [0, 1, 2, 3], density: [0, 0.4, 0.4, 0] },
  }),
  line: lineChart({
    ...about,
    ...axes,
    logY: true,
    lines: [{ kind: 'after', label: 'loss', x: [0, 1, 2], y: [10, 1, 0.1] }],
  }),
  scatter: scatterChart({
    ...about,
    ...axes,
    points: [
      { kind: 'after', label: 'one', x: 0, y: 3 },
      { kind: 'before', label: 'two', x: 0.1, y: 3 },
    ],
  }),
  spectrum: spectrum({ ...about, before: [9, 4, 1], after: [5, 4, 3], isotropic: 4 }),
  dotPlot: dotPlot({
    ...about,
    xTitle: 'score',
    marks: ['a', 'b'],
    rows: [{ name: 'raw', series: 'before', values: [0.5, null], mean: 0.5 }],
  }),
  intervalPlot: intervalPlot({
    ...about,
    rows: [
      { name: 'kept', value: 2, low: 1, high: 3, wanted: [0.5, Infinity], holds: true, unit: '°' },
      { name: 'lost', value: 0, low: 0, high: 0, baseline: 0, wanted: [1, 2], holds: false },
    ],
  }),
};

describe.each(Object.entries(charts))('%s', (_, svg) => {
  test('is named and described for readers who cannot see it', () => {
    expect(svg).toContain('role="img" aria-labelledby="c-title c-description"');
    expect(svg).toContain('<title id="c-title">A title</title>');
    expect(svg).toContain('<desc id="c-description">What it shows.</desc>');
  });

  test('has only finite coordinates and every element closed', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const open = svg.match(/<[a-zA-Z]+(?=[ >])[^>]*[^/]>/g)?.length;
    expect(open).toBe(svg.match(/<\/[a-zA-Z]+>/g)?.length);
  });
});

describe('histogram', () => {
  test('densities times bin widths sum to one', () => {
    fc.assert(
      fc.property(counts, (list) => {
        fc.pre(list.some((c) => c > 0));
        const edges = list.map((_, i) => i * 0.5).concat(list.length * 0.5);
        const sum = densities(edges, list).reduce((a, v) => a + v * 0.5, 0);
        expect(sum).toBeCloseTo(1, 10);
      }),
    );
  });

  test('an empty histogram draws axes and no NaN', () => {
    const series = [{ kind: 'before' as const, label: 'none', counts: [0, 0] }];
    const svg = histogram({ ...about, ...axes, edges: [0, 1, 2], series });
    expect(svg).not.toContain('NaN');
  });

  test('a curve far higher than the bars is cut and its peak written', () => {
    const series = [{ kind: 'before' as const, label: 'wide', counts: [5, 5, 5, 5] }];
    const curve = { label: 'narrow', x: [1, 1.5, 2], density: [0, 9, 0] };
    const svg = histogram({ ...about, ...axes, edges: [0, 1, 2, 3, 4], series, curve });
    expect(svg).toContain('narrow, peak 900 % ↑');
  });

  test('a label is text, whatever it contains', () => {
    const label = '<script>alert(1)</script>"&';
    const series = [{ kind: 'before' as const, label, counts: [1, 2] }];
    const svg = histogram({ ...about, ...axes, title: label, edges: [0, 1, 2], series });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&#60;script&#62;alert(1)');
  });
});

describe('line chart', () => {
  test('leaves out what a logarithmic axis cannot show', () => {
    const lines = [{ kind: 'after' as const, label: '', x: [0, 1, 2], y: [-1, Number.NaN, 5] }];
    expect(lineChart({ ...about, ...axes, lines, logY: true })).not.toContain('NaN');
  });

  test('the names of many lines that end together stay in the picture, apart', () => {
    const lines = Array.from({ length: 9 }, (_, i) => ({
      ...{ kind: 'after' as const, label: `name ${i}` },
      ...{ x: [0, 1], y: [0, 1] },
    }));
    const svg = lineChart({ ...about, ...axes, lines });
    const heights = [...svg.matchAll(/y="([\d.-]+)"[^>]*>name \d/g)].map(([, y]) => Number(y));
    heights.sort((a, b) => a - b);
    expect(heights).toHaveLength(9);
    expect(heights[0]).toBeGreaterThanOrEqual(12);
    heights.slice(1).forEach((y, i) => {
      expect(y - heights[i]).toBeGreaterThanOrEqual(14);
    });
  });

  test('one point and no points are drawn without complaint', () => {
    for (const x of [[], [3]]) {
      const lines = [{ kind: 'after' as const, label: 'l', x, y: x }];
      expect(lineChart({ ...about, ...axes, lines })).not.toContain('NaN');
    }
  });
});

describe('scatter chart', () => {
  test('no points and one point are drawn without complaint', () => {
    const one = { kind: 'after' as const, label: 'one', x: 3, y: 3 };
    for (const points of [[], [one]]) {
      expect(scatterChart({ ...about, ...axes, points })).not.toContain('NaN');
    }
  });

  test('names of neighboring points do not cover each other', () => {
    const kind = 'after' as const;
    const points = ['first', 'other', 'third'].map((label, i) => ({
      kind,
      label,
      x: i / 100,
      y: 1,
    }));
    const ends = [-9, 9].map((at) => ({ kind, label: 'far', x: at, y: 1 + at }));
    const svg = scatterChart({ ...about, ...axes, points: [...points, ...ends] });
    const found = [...svg.matchAll(/x="([\d.]+)" y="([\d.]+)"[^>]*>(?:first|other|third)</g)];
    const [a, b, c] = found.map(([, x, y]) => ({ x: +x, y: +y }));
    // A name is 12 high and more than 20 wide.
    for (const [one, two] of [
      [a, b],
      [a, c],
      [b, c],
    ])
      expect(Math.abs(one.x - two.x) > 20 || Math.abs(one.y - two.y) >= 12).toBe(true);
  });

  test('a point further right and higher is drawn further right and higher', () => {
    const points = [
      { kind: 'after' as const, label: 'low', x: 0, y: 0 },
      { kind: 'after' as const, label: 'high', x: 1, y: 1 },
    ];
    const svg = scatterChart({ ...about, ...axes, points });
    const [low, high] = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      +x,
      +y,
    ]);
    expect(high[0]).toBeGreaterThan(low[0]);
    expect(high[1]).toBeLessThan(low[1]);
  });
});

test('labels that want the same place are moved apart', () => {
  const place = { x: 100, y: 50, width: 60 };
  const heights = separated([place, place, place], 20);
  const sorted = [...heights].sort((a, b) => a - b);
  expect(sorted[1] - sorted[0]).toBeGreaterThanOrEqual(14);
  expect(sorted[2] - sorted[1]).toBeGreaterThanOrEqual(14);
  expect(sorted[0]).toBeGreaterThanOrEqual(20);
});

describe('glyphs', () => {
  test('a move without numbers is an empty line', () => {
    expect(moveGlyph(null, null, undefined)).not.toMatch(/circle|NaN/);
  });

  test('a bar is as long as its share', () => {
    expect(barGlyph(5, 10, 'before')).toContain('width="70"');
    expect(barGlyph(0, 0, 'after')).toContain('width="0"');
  });
});
