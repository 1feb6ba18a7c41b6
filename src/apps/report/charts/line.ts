import type { Numbers } from '../contract.ts';
import { type Area, frame } from './frame.ts';
import { linearScale, logScale, niceDomain } from './scale.ts';
import { element, type Picture, pathThrough, picture, text } from './svg.ts';
import { SERIES, type Series, theme } from './theme.ts';

export interface LineSeries {
  readonly kind: Series;
  readonly label: string;
  readonly x: Numbers;
  readonly y: Numbers;
  /** Drawn thin and pale, behind the others. */
  readonly faint?: boolean;
}

export interface LineOptions extends Picture {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly LineSeries[];
  /** Logarithmic axes; values at or below zero are left out there. */
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** A level to compare with, drawn across. */
  readonly reference?: { readonly label: string; readonly y: number };
}

/** Characters of a name that have room. */
const LONGEST = 22;
/** Between the names of two lines. */
const APART = 14;

/** Lines over a common x axis, named at their right ends. */
export function lineChart(options: LineOptions): string {
  const { lines, width, height, reference } = options;
  const labels = lines.filter((l) => !l.faint).map((l) => l.label.length);
  if (reference) labels.push(reference.label.length);
  const area: Area = {
    left: 52,
    right: width - 14 - 7 * Math.min(LONGEST, Math.max(0, ...labels)),
    top: 30,
    bottom: height - 40,
  };
  const xs = values(
    lines.map((l) => l.x),
    options.logX,
  );
  const ys = values([...lines.map((l) => l.y), reference ? [reference.y] : []], options.logY);
  const xDomain: [number, number] = [least(xs), most(xs)];
  const x = options.logX
    ? logScale(xDomain, [area.left, area.right])
    : linearScale(xDomain, [area.left, area.right], 5);
  const yRange = [area.bottom, area.top] as const;
  const y = options.logY
    ? logScale([least(ys) / 1.08, most(ys) * 1.08], yRange)
    : linearScale(niceDomain(least(ys), most(ys), 5), yRange, 5);

  const curves = lines.map((l) => {
    const { color, dash, width: stroke } = SERIES[l.kind];
    const style = l.faint
      ? `fill:none;stroke:${color};stroke-width:1;stroke-opacity:.35`
      : `fill:none;stroke:${color};stroke-width:${stroke};stroke-linejoin:round`;
    const points = Array.from({ length: l.x.length }, (_, i): [number, number] => [
      (options.logX && !(l.x[i] > 0)) || !Number.isFinite(l.x[i]) ? Number.NaN : x(l.x[i]),
      (options.logY && !(l.y[i] > 0)) || !Number.isFinite(l.y[i]) ? Number.NaN : y(l.y[i]),
    ]);
    return element('path', {
      d: pathThrough(points),
      'stroke-dasharray': l.faint ? '' : dash,
      style,
    });
  });
  return picture(
    options,
    frame(area, x, y, { x: options.xTitle, y: options.yTitle }),
    reference ? referenceLine(y(reference.y), area) : '',
    ...curves,
    endLabels(lines, reference, (v) => y(v), area),
  );
}

function values(lists: readonly Numbers[], positive: boolean | undefined): number[] {
  const all = lists.flatMap((list) => Array.from(list));
  const usable = all.filter((v) => Number.isFinite(v) && (!positive || v > 0));
  return usable.length > 0 ? usable : [1];
}

function least(list: readonly number[]): number {
  return list.reduce((a, b) => Math.min(a, b));
}

function most(list: readonly number[]): number {
  return list.reduce((a, b) => Math.max(a, b));
}

function referenceLine(y: number, area: Area): string {
  const { color, dash, width } = SERIES.null;
  return element('path', {
    d: pathThrough([
      [area.left, y],
      [area.right, y],
    ]),
    'stroke-dasharray': dash,
    style: `fill:none;stroke:${color};stroke-width:${width}`,
  });
}

/** Names each line where it ends; names that would cover each other are moved apart. */
function endLabels(
  lines: readonly LineSeries[],
  reference: LineOptions['reference'],
  y: (value: number) => number,
  area: Area,
): string {
  const named = lines
    .filter((l) => !l.faint && l.label !== '')
    .map((l) => ({ label: l.label, color: SERIES[l.kind].color, end: lastFinite(l.y) }));
  if (reference) named.push({ label: reference.label, color: theme.muted, end: reference.y });
  const ends = named
    .map((l) => ({ ...l, y: Math.min(y(l.end) + 4, area.bottom) }))
    .filter((l) => Number.isFinite(l.y))
    .sort((a, b) => a.y - b.y);
  for (let i = ends.length - 2; i >= 0; i--) ends[i].y = Math.min(ends[i].y, ends[i + 1].y - APART);
  // What that moved out of the picture comes back, and moves those below it.
  for (const [i, end] of ends.entries())
    end.y = Math.max(end.y, i === 0 ? APART : ends[i - 1].y + APART);
  return ends
    .map((l) => text(area.right + 8, l.y, l.label, { color: l.color, weight: 600 }))
    .join('');
}

function lastFinite(list: Numbers): number {
  for (let i = list.length - 1; i >= 0; i--) if (Number.isFinite(list[i])) return list[i];
  return Number.NaN;
}
