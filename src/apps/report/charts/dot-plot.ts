import { fixed } from '../format.ts';
import { line } from './frame.ts';
import { linearScale, niceDomain } from './scale.ts';
import { coordinate, element, type Picture, picture, text } from './svg.ts';
import { SERIES, textWidth, theme } from './theme.ts';

export interface DotRow {
  readonly name: string;
  /** Colours the row; rows without one are grey. */
  readonly series?: 'before' | 'after' | undefined;
  /** Small marks. */
  readonly values: readonly (number | null)[];
  /** The thick stroke and the number. */
  readonly mean: number | null;
}

export interface DotPlotOptions extends Omit<Picture, 'height'> {
  readonly xTitle: string;
  /** Names of the small marks, in the order of the values. */
  readonly marks: readonly string[];
  readonly rows: readonly DotRow[];
}

const ROW = 40;
// A circle, square, diamond, triangle, cross and bar of about the same area around (0, 0).
const MARKS = [
  'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  'M-2.9-2.9h5.8v5.8h-5.8Z',
  'M0-4L4 0L0 4L-4 0Z',
  'M0-3.9L3.7 2.8H-3.7Z',
  'M-3-3L3 3M-3 3L3-3',
  'M0-4V4',
];

/** Scores of several treatments: a mark for each set, a stroke and a number for their mean. */
export function dotPlot(options: DotPlotOptions): string {
  const { rows, marks, width } = options;
  const left = 8;
  const right = width - 52;
  const legend = legendOf(marks, width);
  const top = 10 + legend.height;
  const bottom = top + ROW * rows.length;
  const known = rows.flatMap((r) => [...r.values, r.mean]).filter((v) => v !== null);
  const ends = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const x = linearScale(niceDomain(ends[0], ends[1], 10), [left, right], 6);

  const parts = [legend.svg];
  for (const tick of x.ticks) {
    parts.push(line(x(tick.value), top - 4, x(tick.value), bottom, theme.grid));
    parts.push(
      text(x(tick.value), bottom + 15, tick.label, {
        anchor: 'middle',
        color: theme.muted,
        size: 11,
      }),
    );
  }
  parts.push(text(right, bottom + 32, options.xTitle, { anchor: 'end', color: theme.muted }));
  rows.forEach((row, i) => {
    parts.push(rowMarks(row, top + ROW * i, x, width));
  });
  return picture({ ...options, height: bottom + 40 }, ...parts);
}

function rowMarks(row: DotRow, top: number, x: (value: number) => number, width: number): string {
  const color = row.series ? SERIES[row.series].color : theme.muted;
  const weight = row.series ? 600 : 400;
  const ink = row.series ? color : theme.ink;
  const y = top + 27;
  const parts = [text(0, top + 12, row.name, { color: ink, weight, rim: true })];
  if (row.mean !== null) {
    parts.push(element('g', { transform: at(x(row.mean), y) }, meanMark(color)));
    parts.push(text(width, y + 4, fixed(row.mean, 3), { anchor: 'end', color: ink, weight }));
  }
  row.values.forEach((value, i) => {
    if (value !== null) parts.push(mark(x(value), y, i, color));
  });
  return parts.join('');
}

function meanMark(color: string): string {
  return element('path', { d: 'M0-8V8', style: `stroke:${color};stroke-width:3.5` });
}

function at(x: number, y: number): string {
  return `translate(${coordinate(x)} ${coordinate(y)})`;
}

function mark(x: number, y: number, i: number, color: string): string {
  return element(
    'g',
    { transform: at(x, y) },
    element('path', {
      d: MARKS[i % MARKS.length],
      style: `fill:none;stroke:${color};stroke-width:1.3`,
    }),
  );
}

function legendOf(marks: readonly string[], width: number): { svg: string; height: number } {
  let x = 6;
  let y = 10;
  const parts: string[] = [];
  const put = (glyph: string, label: string) => {
    const w = 26 + textWidth(label);
    if (x + w > width) {
      x = 6;
      y += 18;
    }
    parts.push(
      element('g', { transform: at(x, y) }, glyph),
      text(x + 10, y + 4, label, { color: theme.muted }),
    );
    x += w;
  };
  marks.forEach((name, i) => {
    put(mark(0, 0, i, theme.muted), name);
  });
  put(meanMark(theme.muted), 'mean');
  return { svg: parts.join(''), height: y + 12 };
}
