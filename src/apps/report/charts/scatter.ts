import { type Area, frame } from './frame.ts';
import { linearScale, niceDomain } from './scale.ts';
import { element, type Picture, picture, text } from './svg.ts';
import { SERIES, type Series, textWidth } from './theme.ts';

export interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly kind: Series;
}

export interface ScatterOptions extends Picture {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly ScatterPoint[];
}

/** A rectangle by its middle. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const RADIUS = 3.5;
const HEIGHT = 13;
/** How far the middle of a name is below where its text begins. */
const RISE = 4;

/** Named points in the plane; a name stands above its point, or beside or below it where another would be covered. */
export function scatterChart(options: ScatterOptions): string {
  const { points, width, height, xTitle, yTitle } = options;
  const area: Area = { left: 52, right: width - 14, top: 30, bottom: height - 40 };
  const x = linearScale(around(points.map((p) => p.x)), [area.left, area.right], 6);
  const y = linearScale(around(points.map((p) => p.y)), [area.bottom, area.top], 5);
  const dots = points.map((p) => dotAt(x(p.x), y(p.y)));
  const names = placedNames(
    points.map(({ label }) => textWidth(label)),
    dots,
    area,
  );
  return picture(
    options,
    frame(area, x, y, { x: xTitle, y: yTitle }),
    ...points.map(({ kind }, i) =>
      element('circle', {
        ...{ cx: dots[i].x, cy: dots[i].y, r: RADIUS },
        style: `fill:${SERIES[kind].color}`,
      }),
    ),
    ...points.map(({ label, kind }, i) =>
      text(names[i].x, names[i].y + RISE, label, {
        anchor: 'middle',
        color: SERIES[kind].color,
        rim: true,
      }),
    ),
  );
}

const dotAt = (x: number, y: number): Box => ({ x, y, width: 2 * RADIUS, height: 2 * RADIUS });

/** For each dot the first place of its name that covers neither a dot nor a name before it; above, where there is none. */
function placedNames(widths: readonly number[], dots: readonly Box[], area: Area): readonly Box[] {
  const placed: Box[] = [];
  for (const [i, dot] of dots.entries()) {
    const places = placesOf(dot, widths[i]).map((place) => within(place, area));
    const taken = [...dots, ...placed];
    const free = places.find((place) => !taken.some((other) => overlap(place, other)));
    placed.push(free ?? places[0]);
  }
  return placed;
}

/** Above, right, left, below, and then away from the dot. */
function placesOf({ x, y }: Box, width: number): readonly Box[] {
  const at = (dx: number, dy: number) => ({ x: x + dx, y: y + dy, width, height: HEIGHT });
  const aside = RADIUS + 3 + width / 2;
  const near = RADIUS + 1 + HEIGHT / 2;
  return [
    ...[at(0, -near), at(aside, 0), at(-aside, 0), at(0, near)],
    ...[at(0, -near - HEIGHT), at(0, near + HEIGHT)],
  ];
}

const overlap = (a: Box, b: Box) =>
  2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;

/** Moved into the area; a name may stand in the margin above it. */
function within({ x, y, width, height }: Box, { left, right, top, bottom }: Area): Box {
  const clamped = (value: number, low: number, high: number) =>
    Math.max(low, Math.min(high, value));
  return {
    x: clamped(x, left + width / 2, right - width / 2),
    y: clamped(y, top - height / 2, bottom - height / 2),
    width,
    height,
  };
}

function around(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 1] : niceDomain(Math.min(...values), Math.max(...values), 5);
}
