import { type Area, frame } from '../charts/frame.ts';
import { linearScale } from '../charts/scale.ts';
import { coordinate, element, type Picture, picture, text } from '../charts/svg.ts';
import { textWidth, theme } from '../charts/theme.ts';
import type { Numbers } from '../contract.ts';

/** Dots of one class, all in one colour. */
export interface ScatterGroup {
  readonly label: string;
  /** Places of its dots in x and y. */
  readonly dots: readonly number[];
}

/** Dots that are marked over the others. */
export interface ScatterMark {
  readonly shape: 'ring' | 'square';
  readonly label: string;
  readonly dots: readonly number[];
}

export interface ScatterOptions extends Omit<Picture, 'height'> {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly groups: readonly ScatterGroup[];
  readonly marks: readonly ScatterMark[];
  /** What a dot is called, when one points at a mark. */
  readonly nameOf: (dot: number) => string;
  /** Whether x and y have one unit; else each fills its side. */
  readonly sameUnit: boolean;
}

/** Told apart on white and on black; the marks' colour is none of them. */
const COLORS = [theme.after, '#2a9d5c', '#c28a12', '#9067c6', '#c75a93', '#2f9fb3', '#8a7452'];
export const MOST_COLORS = COLORS.length;

const SIDE = { left: 44, right: 8, bottom: 42 };
const LINE = 18;

/** Dots in the plane by class, with marks over some of them; x and y have one unit, so that shapes are not stretched. */
export function scatter(options: ScatterOptions): string {
  const { x, y, width, groups, marks, nameOf } = options;
  const legend = legendOf(groups, marks, width);
  const top = legend.height + 26;
  const [across, along] = [extent(x), extent(y)];
  const area = areaOf(across, along, top, options);
  const [toX, toY] = scales(across, along, area, options.sameUnit);
  const at = (dot: number) => `${coordinate(toX(x[dot]))} ${coordinate(toY(y[dot]))}`;
  const inside = (dots: readonly number[]) => dots.filter((dot) => x[dot] - x[dot] === 0);
  const total = groups.reduce((sum, { dots }) => sum + inside(dots).length, 0);
  const size = total > 2000 ? 2.4 : total > 500 ? 3.2 : 4.5;
  const dots = groups.map(({ dots }, i) =>
    element('path', {
      d: inside(dots)
        .map((dot) => `M${at(dot)}h0`)
        .join(''),
      style: `fill:none;stroke:${colorOf(i, groups.length)};stroke-width:${size};stroke-linecap:round;stroke-opacity:0.75`,
    }),
  );
  const drawn = marks.flatMap(({ shape, dots }) =>
    inside(dots).map((dot) =>
      element(
        'g',
        { transform: `translate(${at(dot)})` },
        element('title', {}, nameOf(dot).replace(/[<>&]/g, '')),
        markGlyph(shape),
      ),
    ),
  );
  const axes = element(
    'g',
    { transform: `translate(0 ${legend.height})` },
    frame(
      { ...area, top: area.top - legend.height, bottom: area.bottom - legend.height },
      toX,
      shifted(toY, legend.height),
      {
        x: options.xTitle,
        y: options.yTitle,
      },
    ),
  );
  const height = area.bottom + SIDE.bottom;
  return picture({ ...options, height }, legend.svg, axes, ...dots, ...drawn);
}

/** The scale of a drawing that is moved down as a whole. */
function shifted(
  scale: ReturnType<typeof linearScale>,
  by: number,
): ReturnType<typeof linearScale> {
  const [p, q] = scale.range;
  return Object.assign((value: number) => scale(value) - by, {
    domain: scale.domain,
    range: [p - by, q - by] as const,
    ticks: scale.ticks,
  });
}

function extent(values: Numbers): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return low <= high ? [low, high] : [0, 1];
}

/** As high as the data ask for, between half and all of its width. */
function areaOf(
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
  top: number,
  { width, sameUnit }: ScatterOptions,
): Area {
  const inner = width - SIDE.left - SIDE.right;
  const ratio = x1 > x0 ? (y1 - y0) / (x1 - x0) : 1;
  const height = inner * (sameUnit ? Math.max(0.5, Math.min(1, ratio)) : 0.6);
  return { left: SIDE.left, right: width - SIDE.right, top, bottom: top + height };
}

/** Scales with a margin; of one unit, the narrower domain is opened to both sides. */
function scales(
  across: readonly [number, number],
  along: readonly [number, number],
  area: Area,
  sameUnit: boolean,
) {
  const size = [area.right - area.left, area.bottom - area.top];
  const spans = [across, along].map(([a, b]) => (b > a ? 1.06 * (b - a) : 1));
  const unit = Math.max(spans[0] / size[0], spans[1] / size[1]);
  const domain = ([a, b]: readonly [number, number], side: 0 | 1): [number, number] => {
    const half = (sameUnit ? unit * size[side] : spans[side]) / 2;
    return [(a + b) / 2 - half, (a + b) / 2 + half];
  };
  return [
    linearScale(domain(across, 0), [area.left, area.right]),
    linearScale(domain(along, 1), [area.bottom, area.top]),
  ] as const;
}

/** The last group of more than there are colours is that of all others. */
function colorOf(i: number, groups: number): string {
  return groups > COLORS.length && i >= COLORS.length ? theme.muted : COLORS[i % COLORS.length];
}

function markGlyph(shape: ScatterMark['shape']): string {
  const style = `fill:none;stroke:${theme.before};stroke-width:1.5`;
  return shape === 'ring'
    ? element('circle', { r: 4.6, style })
    : element('rect', { x: -6, y: -6, width: 12, height: 12, style });
}

function legendOf(
  groups: readonly ScatterGroup[],
  marks: readonly ScatterMark[],
  width: number,
): { readonly svg: string; readonly height: number } {
  const entries = [
    ...(groups.length > 1 ? groups : []).map(({ label }, i) => ({
      label,
      glyph: element('circle', { r: 4, style: `fill:${colorOf(i, groups.length)}` }),
    })),
    ...marks.map(({ label, shape }) => ({ label, glyph: markGlyph(shape) })),
  ];
  let [x, y] = [8, 10];
  const parts = entries.map(({ label, glyph }) => {
    const wide = 30 + textWidth(label);
    if (x > 8 && x + wide > width) [x, y] = [8, y + LINE];
    const at = `translate(${coordinate(x)} ${coordinate(y)})`;
    const svg = element('g', { transform: at }, glyph) + text(x + 11, y + 4, label);
    x += wide;
    return svg;
  });
  return { svg: parts.join(''), height: entries.length === 0 ? 0 : y + 12 };
}
