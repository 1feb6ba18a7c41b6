import { line } from './frame.ts';
import { linearScale, niceDomain } from './scale.ts';
import { coordinate, element, type Picture, picture, text } from './svg.ts';
import { textWidth, theme } from './theme.ts';

/** Where one row lies, and between what. */
export interface StripRow {
  readonly name: string;
  readonly value: number;
  /** Null where nothing says how sure the value is. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface StripOptions extends Omit<Picture, 'height'> {
  readonly xTitle: string;
  /** From the top. */
  readonly rows: readonly StripRow[];
}

const ROW = 19;
/** Room for names at most. */
const WIDEST = 190;

/** Named rows along an axis, each a dot in its interval. */
export function stripChart(options: StripOptions): string {
  const { rows, width, xTitle } = options;
  const names = Math.min(WIDEST, 10 + Math.max(...rows.map(({ name }) => textWidth(name))));
  const [top, bottom] = [8, 8 + ROW * rows.length];
  const ends = rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const domain = niceDomain(Math.min(...ends), Math.max(...ends), 8);
  const x = linearScale(domain, [names + 6, width - 12], 6);
  const parts: string[] = [];
  for (const tick of x.ticks) {
    const at = x(tick.value);
    parts.push(
      line(at, top, at, bottom, theme.grid),
      text(at, bottom + 15, tick.label, { anchor: 'middle', color: theme.muted, size: 11 }),
    );
  }
  for (const [i, { name, value, low, high }] of rows.entries()) {
    const y = top + ROW * (i + 0.5);
    parts.push(text(names, y + 4, shortened(name, names), { anchor: 'end' }));
    if (low !== null && high !== null) parts.push(band(x(low), x(high), y));
    parts.push(element('circle', { cx: x(value), cy: y, r: 3.6, style: `fill:${theme.after}` }));
  }
  parts.push(text(width - 12, bottom + 32, xTitle, { anchor: 'end', color: theme.muted }));
  return picture({ ...options, height: bottom + 40 }, ...parts);
}

function band(from: number, to: number, y: number): string {
  const d = `M${coordinate(from)} ${coordinate(y)}H${coordinate(to)}`;
  const style = `fill:none;stroke:${theme.after};stroke-opacity:.3;stroke-width:9;stroke-linecap:round`;
  return element('path', { d, style });
}

function shortened(name: string, width: number): string {
  let shown = name;
  while (textWidth(shown) > width && shown.length > 2) shown = `${shown.slice(0, -2)}…`;
  return shown;
}
