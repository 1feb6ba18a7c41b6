import { cos, sin } from '../../../core/numeric.ts';
import type { Numbers } from '../contract.ts';
import { coordinate, element, type Picture, pathThrough, picture, text } from './svg.ts';
import { FONT_SIZE, SERIES, textWidth, theme } from './theme.ts';

/** A turn of space: 3 × 3, row-major, orthogonal. */
export type Turn = Numbers;

export interface SpherePanel {
  readonly kind: 'before' | 'after';
  readonly label: string;
  /** k × 3 unit rows. */
  readonly points: Numbers;
}

export interface SphereOptions extends Omit<Picture, 'width' | 'height'> {
  readonly panels: readonly SpherePanel[];
  readonly turn: Turn;
  /** Rows whose labels are printed where they face the reader, the most important first. */
  readonly landmarks: readonly { readonly row: number; readonly label: string }[];
}

const SIZE = 320;
const RADIUS = 146;
const GAP = 24;
// Points by depth z: those behind pale and small, those in front dark and large.
const LAYERS = [
  { from: -2, to: 0, opacity: 0.14, size: 2.2 },
  { from: 0, to: 0.45, opacity: 0.42, size: 2.6 },
  { from: 0.45, to: 0.8, opacity: 0.62, size: 3 },
  { from: 0.8, to: 2, opacity: 0.8, size: 3.4 },
];

/** Points on a sphere seen from a fixed side, one globe beside the other: the picture for print. */
export function sphereChart(options: SphereOptions): string {
  const { panels } = options;
  const width = panels.length * SIZE + (panels.length - 1) * GAP;
  return picture(
    { ...options, width, height: SIZE + 24 },
    ...panels.map((panel, i) => {
      const x = i * (SIZE + GAP) + SIZE / 2;
      const y = SIZE / 2;
      return (
        element('g', { transform: `translate(${x} ${y})` }, globe(panel, options)) +
        text(x, SIZE + 16, panel.label, {
          anchor: 'middle',
          weight: 600,
          color: SERIES[panel.kind].color,
        })
      );
    }),
  );
}

function globe(panel: SpherePanel, { turn, landmarks }: SphereOptions): string {
  const turned = turnedPoints(panel.points, turn);
  const parts = [
    element('circle', {
      cx: 0,
      cy: 0,
      r: RADIUS,
      style: `fill:none;stroke:${theme.muted};stroke-opacity:.55`,
    }),
    element('path', {
      d: graticule(turn),
      style: `fill:none;stroke:${theme.grid};stroke-width:.8`,
    }),
  ];
  for (const { from, to, opacity, size } of LAYERS) {
    let path = '';
    for (let i = 0; i < turned.length; i += 3) {
      if (turned[i + 2] < from || turned[i + 2] >= to) continue;
      // A line of no length with round ends is a dot, at a third of the bytes of a circle.
      path += `M${(RADIUS * turned[i]).toFixed(1)} ${(-RADIUS * turned[i + 1]).toFixed(1)}h0`;
    }
    const style = `stroke:${SERIES[panel.kind].color};stroke-opacity:${opacity};stroke-width:${size}`;
    if (path) parts.push(element('path', { d: path, style: `${style};stroke-linecap:round` }));
  }
  return parts.join('') + landmarkLabels(turned, landmarks);
}

function landmarkLabels(turned: Float64Array, landmarks: SphereOptions['landmarks']): string {
  const placed: { x: number; y: number; width: number }[] = [];
  const parts: string[] = [];
  for (const { row, label } of landmarks) {
    const [x, y, z] = turned.subarray(3 * row, 3 * row + 3);
    const at = { x: RADIUS * x, y: -RADIUS * y - 6, width: textWidth(label) };
    const limit = SIZE / 2 - at.width / 2;
    if (z < 0.3 || Math.abs(at.x) > limit || at.y < FONT_SIZE - SIZE / 2) continue;
    const covers = placed.some(
      (p) => Math.abs(p.x - at.x) < (p.width + at.width) / 2 + 4 && Math.abs(p.y - at.y) < 14,
    );
    if (covers) continue;
    placed.push(at);
    parts.push(
      element('circle', { cx: at.x, cy: at.y + 6, r: 2.4, style: `fill:${theme.ink}` }),
      text(at.x, at.y, label, { anchor: 'middle', rim: true, size: 11.5 }),
    );
  }
  return parts.join('');
}

/** The visible halves of three great circles and four parallels: enough to see the globe turn. */
function graticule(turn: Turn): string {
  let path = '';
  for (let degrees = 0; degrees < 180; degrees += 60) {
    const a = (degrees * Math.PI) / 180;
    path += visible(turn, (t) => [cos(a) * cos(t), sin(t), sin(a) * cos(t)]);
  }
  for (const degrees of [-60, -30, 0, 30, 60]) {
    const a = (degrees * Math.PI) / 180;
    path += visible(turn, (t) => [cos(a) * cos(t), sin(a), cos(a) * sin(t)]);
  }
  return path;
}

function visible(turn: Turn, curve: (t: number) => [number, number, number]): string {
  const points: [number, number][] = [];
  for (let step = 0; step <= 72; step++) {
    const [x, y, z] = turnedPoints(curve((step * Math.PI) / 36), turn);
    points.push(z < 0 ? [Number.NaN, 0] : [RADIUS * x, -RADIUS * y]);
  }
  return pathThrough(points.map(([x, y]) => [Number(coordinate(x)), Number(coordinate(y))]));
}

/** Every row turned: x to the right, y up, z to the reader. */
export function turnedPoints(points: Numbers, turn: Turn): Float64Array {
  const out = new Float64Array(points.length);
  for (let i = 0; i < out.length; i += 3) {
    for (let r = 0; r < 3; r++) {
      out[i + r] =
        turn[3 * r] * points[i] + turn[3 * r + 1] * points[i + 1] + turn[3 * r + 2] * points[i + 2];
    }
  }
  return out;
}

/**
 * The turn that shows where the points crowd: their mean direction a little left of the middle and
 * above it, so that the crowd and the empty side are both seen.
 */
export function facingTurn(points: Numbers): Float64Array {
  const mean = [0, 0, 0];
  for (let i = 0; i < points.length; i++) mean[i % 3] += points[i];
  const length = Math.sqrt(mean[0] ** 2 + mean[1] ** 2 + mean[2] ** 2);
  const target = [-0.42, 0.3, Math.sqrt(1 - 0.42 ** 2 - 0.3 ** 2)];
  if (!(length > 1e-9 * points.length)) return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return turnBetween(
    mean.map((c) => c / length),
    target,
  );
}

/** The shortest turn from unit a to unit b (Rodrigues); half a turn about an axis where b = −a. */
function turnBetween(a: readonly number[], b: readonly number[]): Float64Array {
  const [ux, uy, uz] = [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const c = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  if (1 + c < 1e-9) return halfTurnAcross(a);
  const k = 1 / (1 + c);
  return Float64Array.of(
    c + k * ux * ux,
    k * ux * uy - uz,
    k * ux * uz + uy,
    k * ux * uy + uz,
    c + k * uy * uy,
    k * uy * uz - ux,
    k * ux * uz - uy,
    k * uy * uz + ux,
    c + k * uz * uz,
  );
}

/** Half a turn about an axis perpendicular to unit a: it takes a to −a. */
function halfTurnAcross(a: readonly number[]): Float64Array {
  const other = Math.abs(a[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const along = other[0] * a[0] + other[1] * a[1];
  const raw = other.map((c, i) => c - along * a[i]);
  const length = Math.sqrt(raw[0] ** 2 + raw[1] ** 2 + raw[2] ** 2);
  const u = raw.map((c) => c / length);
  return Float64Array.from({ length: 9 }, (_, i) => {
    const [r, s] = [Math.floor(i / 3), i % 3];
    return 2 * u[r] * u[s] - (r === s ? 1 : 0);
  });
}
