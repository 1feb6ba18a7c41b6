import { escaped } from '../../core/text.ts';
import type { MetricRow, Series, TableLine } from '../../families/metrics/types.ts';
import type { Finding } from '../doctor/contract.ts';
import { histogram } from './charts/histogram.ts';
import { lineChart } from './charts/line.ts';
import type { Figure } from './figures.ts';
import { count, significant } from './format.ts';
import { GROUPS, type MetricLine, metricGroups } from './metric-lines.ts';
import { type Column, table } from './tables.ts';

const WIDTH = 452;
const HEIGHT = 260;
const MOST_POINTS = 240;
const BINS = 36;

/** One family of numbers: title, one sentence on what it means, table and pictures. */
export interface MetricSection {
  readonly title: string;
  readonly meaning: string;
  readonly table: (caption: string) => string;
  readonly caption: string;
  /** What single numbers were made of, as HTML tables. */
  readonly details: readonly string[];
  readonly figures: readonly Figure[];
}

export function metricSections(rows: readonly MetricRow[]): MetricSection[] {
  return metricGroups(rows).map(({ group, lines }) => ({
    ...GROUPS[group],
    caption: `${GROUPS[group].title}: each number with its 95 % interval, beside its value under the null.`,
    table: (caption) => linesTable(caption, lines),
    details: lines.flatMap(({ row }) => (row.table ? [detailsTable(row.title, row.table)] : [])),
    figures: figuresOf(lines),
  }));
}

/** One picture of each kind: several numbers of one spectrum share it. */
function figuresOf(lines: readonly MetricLine[]): Figure[] {
  const drawn = new Set<string>();
  return lines.flatMap(({ row }) => {
    if (!row.series) return [];
    const kind = `${row.series.yName} by ${row.series.xName}`;
    // Rows have values of their own for each number; curves of the same axes tell the same.
    if (row.series.xName !== 'row' && drawn.has(kind)) return [];
    drawn.add(kind);
    return [seriesFigure(row, row.series)];
  });
}

const COLUMNS: readonly Column[] = [
  { head: 'Number' },
  { head: 'Value', kind: 'number' },
  { head: '95 % interval', kind: 'number optional' },
  { head: 'Null', kind: 'number' },
];

function linesTable(caption: string, lines: readonly MetricLine[]): string {
  return table(
    caption,
    COLUMNS,
    lines.map(({ row, value, interval, null: expected, nullInterval, pValue }) => {
      const warnings = row.warnings.map((warning) => `<small>${escaped(warning)}</small>`).join('');
      const law = [nullInterval, pValue].filter((text) => text !== '').join('; ');
      const how = row.null ? ` title="${escaped(row.null.how)}"` : '';
      return [
        `${escaped(row.title)}${warnings}`,
        `<b>${value}</b>`,
        interval,
        `<span${how}>${expected}</span>${law === '' ? '' : `<small>${law}</small>`}`,
      ];
    }),
  );
}

function detailsTable(title: string, lines: readonly TableLine[]): string {
  const names = Object.keys(lines[0] ?? {});
  const isNumber = (name: string) => typeof lines[0][name] === 'number';
  const columns: Column[] = names.map((name) =>
    isNumber(name) ? { head: escaped(name), kind: 'number' } : { head: escaped(name) },
  );
  const cells = lines.map((line) =>
    names.map((name) => {
      const value = line[name];
      return typeof value === 'number' ? significant(value, 3) : escaped(value);
    }),
  );
  return table(escaped(title), columns, cells);
}

/** Values of rows as a histogram, anything else as a curve. */
function seriesFigure({ id, title }: MetricRow, series: Series): Figure {
  const words = { id: `metric-${id}`, width: WIDTH, height: HEIGHT, title };
  if (series.xName === 'row') {
    const reading = `${count(series.y.length)} rows by ${series.yName}.`;
    const { edges, counts } = binned(series.y);
    const bars = [{ kind: 'after' as const, label: 'rows', counts }];
    const options = { xTitle: series.yName, yTitle: '% of rows', edges, series: bars };
    const svg = histogram({ ...words, description: reading, ...options });
    return { id: words.id, name: title, reading, svg };
  }
  const reading = `${capital(series.yName)} against ${series.xName}.`;
  const { x, y } = thinned(series);
  const lines = [{ kind: 'after' as const, label: '', x, y }];
  const options = { xTitle: series.xName, yTitle: series.yName, lines, logX: isWide(x) };
  const svg = lineChart({ ...words, description: reading, ...options });
  const rows = Array.from(x, (at, i) => [significant(at, 4), significant(y[i], 4)]);
  const columns: Column[] = [
    { head: escaped(series.xName) },
    { head: escaped(series.yName), kind: 'number' },
  ];
  return { id: words.id, name: title, reading, svg, numbers: table('', columns, rows) };
}

function binned(values: ArrayLike<number>): { edges: Float64Array; counts: Float64Array } {
  const finite = Float64Array.from(values).filter(Number.isFinite).sort();
  // A few extreme rows would press the others into one bar.
  const low = finite[Math.floor(0.005 * (finite.length - 1))];
  const high = finite[Math.ceil(0.995 * (finite.length - 1))];
  const width = (high > low ? high - low : 1) / BINS;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, i) => low + i * width);
  const counts = new Float64Array(BINS);
  for (const value of finite) {
    if (value < low || value > high) continue;
    counts[Math.min(BINS - 1, Math.floor((value - low) / width))] += 1;
  }
  return { edges, counts };
}

function thinned({ x, y }: Series): { x: number[]; y: number[] } {
  const step = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  // The first ones are all kept: on a logarithmic axis they are most of the picture.
  const kept = Array.from(x, (_, i) => i).filter((i) => i < MOST_POINTS / 4 || i % step === 0);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => y[i]) };
}

/** Spread over more than two powers of ten, away from zero. */
function isWide(x: readonly number[]): boolean {
  const least = Math.min(...x);
  return least > 0 && Math.max(...x) / least > 100;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the doctor found, worst first. */
export function findingsHtml(findings: readonly Finding[]): string {
  if (findings.length === 0) return '<p>The doctor found nothing wrong.</p>';
  const items = findings.map(
    ({ severity, sentence, fix }) =>
      `<dt class="${severity}">${severity}</dt><dd>${escaped(sentence)} <small>What helps: ${escaped(fix)}.</small></dd>`,
  );
  return `<dl class="findings">${items.join('\n')}</dl>`;
}
