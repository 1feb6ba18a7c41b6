import { coordinate, element } from './svg.ts';
import { SERIES, theme } from './theme.ts';

/**
 * The move of one number from before to after beside its value for uniform points, small enough for
 * a table cell: a hollow dot, an arrow to a full dot, and an upright stroke. The cell's numbers say
 * the same, so readers of the page's text lose nothing.
 */
export function moveGlyph(
  before: number | null,
  after: number | null | undefined,
  reference: number | undefined,
): string {
  const known = [before, after, reference].filter(
    (v): v is number => typeof v === 'number' && Number.isFinite(v),
  );
  const width = 130;
  const height = 16;
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const span = known.reduce((a, b) => Math.max(a, b), -Infinity) - least;
  const at = (v: number) => (span > 0 ? 8 + ((v - least) / span) * (width - 16) : width / 2);
  const middle = height / 2;
  const parts = [hair(0, middle, width, middle)];
  if (isNumber(reference)) parts.push(stroke(at(reference), 2, at(reference), height - 2));
  if (isNumber(before) && isNumber(after)) {
    const color = SERIES.after.color;
    const path = `M${coordinate(at(before))} ${middle}H${coordinate(at(after))}`;
    parts.push(element('path', { d: path, style: `stroke:${color};stroke-width:2` }));
  }
  if (isNumber(before)) parts.push(dot(at(before), middle, theme.paper, SERIES.before.color));
  if (isNumber(after)) parts.push(dot(at(after), middle, SERIES.after.color, SERIES.after.color));
  return small(width, height, parts);
}

/** A bar as long as its share of the largest value. */
export function barGlyph(value: number, largest: number, series: 'before' | 'after'): string {
  const width = 140;
  const length = largest > 0 ? (Math.max(0, value) / largest) * width : 0;
  return small(width, 10, [
    element('rect', {
      x: 0,
      y: 1,
      width: length,
      height: 8,
      style: `fill:${SERIES[series].color};fill-opacity:.75`,
    }),
  ]);
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function small(width: number, height: number, parts: readonly string[]): string {
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' },
    ...parts,
  );
}

function hair(x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { x1, y1, x2, y2, style: `stroke:${theme.grid}` });
}

function stroke(x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { x1, y1, x2, y2, style: `stroke:${theme.null};stroke-width:1.5` });
}

function dot(cx: number, cy: number, fill: string, rim: string): string {
  return element('circle', { cx, cy, r: 4, style: `fill:${fill};stroke:${rim};stroke-width:1.8` });
}
