import { fixed } from '../format.ts';
import { line } from './frame.ts';
import { linearScale, niceDomain } from './scale.ts';
import { element, type Picture, picture, text } from './svg.ts';
import { SERIES, textWidth, theme } from './theme.ts';

export interface DotRow {
  readonly name: string;
  /** Colours the row; rows without one are grey. */
  readonly series?: 'before' | 'after' | undefined;
  /** Small marks. */
  readonly values: readonly (number | null)[];
  /** The large mark. */
  readonly mean: number | null;
}

export interface DotPlotOptions extends Omit<Picture, 'height'> {
  readonly xTitle: string;
  /** Names of the small marks, in the order of the values. */
  readonly marks: readonly string[];
  readonly rows: readonly DotRow[];
}

const ROW = 26;
// A circle, square, diamond, triangle, cross and bar of about the same area around (0, 0).
const MARKS = [
  'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  'M-2.9-2.9h5.8v5.8h-5.8Z',
  'M0-4L4 0L0 4L-4 0Z',
  'M0-3.9L3.7 2.8H-3.7Z',
  'M-3-3L3 3M-3 3L3-3',
  'M0-4V4',
];

/** Values of several treatments: small marks for each set, a large dot and a number for their mean. */
export function dotPlot(options: DotPlotOptions): string {
  const { rows, marks, width } = options;
  const names = rows.map((r) => textWidth(r.name));
  const left = Math.min(0.45 * width, 12 + Math.max(0, ...names));
  const right = width - 48;
  const legend = legendOf(marks, width);
  const top = 14 + legend.height;
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
    parts.push(rowMarks(row, top + ROW * (i + 0.5), x, left, width));
  });
  return picture({ ...options, height: bottom + 40 }, ...parts);
}

function rowMarks(
  row: DotRow,
  y: number,
  x: (value: number) => number,
  left: number,
  width: number,
): string {
  const color = row.series ? SERIES[row.series].color : theme.muted;
  const weight = row.series ? 600 : 400;
  const ink = row.series ? color : theme.ink;
  const parts = [text(left - 12, y + 4, row.name, { anchor: 'end', color: ink, weight })];
  row.values.forEach((value, i) => {
    if (value === null) return;
    parts.push(mark(x(value), y, i, color));
  });
  if (row.mean !== null) {
    const style = `fill:${color};stroke:${theme.paper};stroke-width:1.5`;
    parts.push(element('circle', { cx: x(row.mean), cy: y, r: 6, style }));
    parts.push(text(width, y + 4, fixed(row.mean, 3), { anchor: 'end', color: ink, weight }));
  }
  return parts.join('');
}

function mark(x: number, y: number, i: number, color: string): string {
  return element(
    'g',
    { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` },
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
      element('g', { transform: `translate(${x} ${y})` }, glyph),
      text(x + 10, y + 4, label, { color: theme.muted }),
    );
    x += w;
  };
  marks.forEach((name, i) => {
    put(mark(0, 0, i, theme.muted), name);
  });
  put(element('circle', { cx: 0, cy: 0, r: 5, style: `fill:${theme.muted}` }), 'mean');
  return { svg: parts.join(''), height: y + 12 };
}
