import { line } from './frame.ts';
import { linearScale, niceDomain, type Scale } from './scale.ts';
import { coordinate, element, type Picture, picture, text } from './svg.ts';
import { FONT_SIZE, textWidth, theme } from './theme.ts';

/** One number with its interval, beside what it is compared with and where it ought to lie. */
export interface IntervalRow {
  /** One sentence, broken into lines where it is long. */
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** A number to compare with. */
  readonly baseline?: number | undefined;
  /** Where the interval ought to lie; ends may be infinite. */
  readonly wanted: readonly [min: number, max: number];
  readonly holds: boolean;
  /** Stands after the numbers of the axis. */
  readonly unit?: string | undefined;
}

export interface IntervalPlotOptions extends Omit<Picture, 'height'> {
  readonly rows: readonly IntervalRow[];
}

const LINE = 16;
const AXIS = 40;
const GAP = 16;

/**
 * Numbers of unlike units under one another, each on an axis of its own: a dot with its interval, a
 * hollow dot for the baseline, a band where the interval ought to lie.
 */
export function intervalPlot(options: IntervalPlotOptions): string {
  const { rows, width } = options;
  const parts = [legend()];
  let top = 36;
  for (const row of rows) {
    const lines = wrapped(row.name, width - 96);
    const verdict = row.holds ? 'holds' : 'does not hold';
    for (const [i, words] of lines.entries()) {
      parts.push(text(6, top + LINE * i + FONT_SIZE, words));
    }
    const ink = row.holds ? theme.after : theme.before;
    parts.push(
      text(width - 6, top + FONT_SIZE, verdict, { anchor: 'end', color: ink, weight: 600 }),
      axis(row, top + LINE * lines.length + 6, width),
    );
    top += LINE * lines.length + AXIS + GAP;
  }
  const height = top - GAP + 8;
  const paper = element('rect', { width, height, style: `fill:${theme.paper}` });
  return picture({ ...options, height }, paper, ...parts);
}

function axis(row: IntervalRow, top: number, width: number): string {
  const { value, low, high, baseline, holds, unit = '' } = row;
  const scale = scaleOf(row, [22, width - 22]);
  const [first, last] = scale.range;
  const at = (x: number) => Math.min(last, Math.max(first, scale(x)));
  const [from, to] = row.wanted.map(at);
  const middle = top + 9;
  const bottom = top + 18;
  const color = holds ? theme.after : theme.before;
  const band = { x: from, y: top, width: Math.max(2, to - from), height: 18 };
  const parts = [
    element('rect', { ...band, style: `fill:${theme.after};fill-opacity:.13` }),
    line(first, bottom, last, bottom, theme.grid),
  ];
  for (const tick of scale.ticks) {
    const x = scale(tick.value);
    parts.push(
      line(x, bottom, x, bottom + 3, theme.muted),
      text(x, bottom + 15, tick.label + unit, { anchor: 'middle', color: theme.muted, size: 11 }),
    );
  }
  if (baseline !== undefined) parts.push(baselineMark(at(baseline), middle));
  parts.push(intervalMark(at(low), at(value), at(high), middle, color));
  return parts.join('');
}

/** Spans the interval, the baseline and the finite ends of what is wanted, with room at both sides. */
function scaleOf(row: IntervalRow, range: readonly [number, number]): Scale {
  const { value, low, high, baseline = value, wanted } = row;
  const known = [value, low, high, baseline, ...wanted].filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = 0.08 * (most - least || Math.abs(most) || 1);
  const from = least >= 0 ? Math.max(0, least - room) : least - room;
  return linearScale(niceDomain(from, most + room, 8), range, 6);
}

function intervalMark(low: number, value: number, high: number, y: number, color: string): string {
  const d = `M${coordinate(low)} ${coordinate(y - 5)}v10m0-5H${coordinate(high)}m0-5v10`;
  return (
    element('path', { d, style: `fill:none;stroke:${color};stroke-width:1.8` }) +
    element('circle', { cx: value, cy: y, r: 4, style: `fill:${color}` })
  );
}

function baselineMark(x: number, y: number): string {
  const style = `fill:${theme.paper};stroke:${theme.null};stroke-width:1.5`;
  return element('circle', { cx: x, cy: y, r: 4, style });
}

function legend(): string {
  const muted = { color: theme.muted };
  const words = ['measured, with its 95 % interval', 'baseline', 'where it ought to lie'];
  const second = 50 + textWidth(words[0]);
  const third = second + 34 + textWidth(words[1]);
  return [
    intervalMark(8, 18, 28, 14, theme.muted),
    text(36, 18, words[0], muted),
    baselineMark(second, 14),
    text(second + 10, 18, words[1], muted),
    element('rect', {
      x: third,
      y: 6,
      width: 20,
      height: 16,
      style: `fill:${theme.after};fill-opacity:.13`,
    }),
    text(third + 26, 18, words[2], muted),
  ].join('');
}

/** Words in lines no wider than that. */
function wrapped(words: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
