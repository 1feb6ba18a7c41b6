import { escaped } from '../../core/text.ts';
import type { Camera, Size } from '../camera.ts';
import type { Palette } from '../cloud.ts';
import type { ShownLabel } from '../labels.ts';
import { middleOf, type Placement } from '../placement.ts';
import { projectionOf } from '../projections/index.ts';

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

/** What lies over the points, all in pixels of the picture. */
export interface Furniture {
  readonly camera: Camera;
  readonly size: Size;
  readonly ratio: number;
  readonly palette: Palette;
  readonly labels: readonly ShownLabel[];
  /** Places of ringed points. */
  readonly rings: Placement;
  /** Places of lines, two a line. */
  readonly lines: Placement;
  readonly dashes: Placement;
  readonly hovered: Placement;
  readonly sketch: readonly number[];
  /** Whether the middle is marked, for readers who go by keys. */
  readonly hasCross: boolean;
}

/** Colors that are read well on the palette's ground, and the ground. */
export function inkOf({
  background,
}: Palette): Readonly<Record<'ink' | 'paper' | 'muted' | 'warm', string>> {
  const [r, g, b] = [16, 8, 0].map((place) => (background >> place) & 255);
  const isLight = 0.3 * r + 0.59 * g + 0.11 * b > 128;
  return {
    ink: isLight ? '#1b1b1a' : '#e9e7e2',
    muted: isLight ? '#8b8a84' : '#7d7f86',
    warm: isLight ? '#bf4e0b' : '#f29a5c',
    paper: `#${background.toString(16).padStart(6, '0')}`,
  };
}

/** Outline, lines, rings, labels and what is being drawn, as the inside of an SVG. */
export function furnitureSvg(f: Furniture): string {
  const { ink, muted, paper, warm } = inkOf(f.palette);
  const px = f.ratio;
  return [
    outline(f, muted),
    lines(f.lines, `stroke="${ink}" stroke-opacity="0.55" stroke-width="${px}"`),
    lines(
      f.dashes,
      `stroke="${warm}" stroke-width="${1.5 * px}" stroke-dasharray="${2.5 * px} ${3 * px}"`,
    ),
    rings(f.rings, ink, paper, 5.5 * px, px),
    rings(f.hovered, ink, paper, 7 * px, px),
    ...f.labels.map(
      ({ text, x, y, height, isRegion }) =>
        `<text x="${digits(x)}" y="${digits(y + height * 0.3)}" font-size="${digits(height / 1.2)}" font-family="${FONT}"${isRegion ? ' font-weight="650"' : ''} text-anchor="middle" fill="${ink}" stroke="${paper}" stroke-width="${digits(3.5 * px)}" stroke-linejoin="round" paint-order="stroke">${escaped(text)}</text>`,
    ),
    f.sketch.length > 2
      ? `<path d="${pathOf(f.sketch)}" fill="${ink}" fill-opacity="0.08" stroke="${ink}" stroke-width="${1.5 * px}" stroke-dasharray="${4 * px} ${3 * px}"/>`
      : '',
    f.hasCross ? cross(f.size, ink, px) : '',
  ].join('');
}

function outline({ camera, size, ratio }: Furniture, color: string): string {
  const half = projectionOf(camera).outline;
  if (!half) return '';
  const { middleX, middleY } = middleOf(camera, size);
  const [right, up] = half;
  return `<ellipse cx="${digits(middleX)}" cy="${digits(middleY)}" rx="${digits(right * camera.scale)}" ry="${digits(up * camera.scale)}" fill="none" stroke="${color}" stroke-width="${ratio}"/>`;
}

function lines({ x, y }: Placement, stroke: string): string {
  let path = '';
  for (let i = 0; i + 1 < x.length; i += 2) {
    const isWhole = x[i] - x[i] === 0 && x[i + 1] - x[i + 1] === 0;
    if (isWhole) path += `M${digits(x[i])} ${digits(y[i])}L${digits(x[i + 1])} ${digits(y[i + 1])}`;
  }
  return path === '' ? '' : `<path d="${path}" fill="none" ${stroke}/>`;
}

function rings(places: Placement, ink: string, paper: string, radius: number, px: number): string {
  let text = '';
  for (let i = 0; i < places.x.length; i++) {
    const [x, y] = [places.x[i], places.y[i]];
    if (x - x !== 0 || y - y !== 0) continue;
    const circle = `<circle cx="${digits(x)}" cy="${digits(y)}" r="${digits(radius)}" fill="none"`;
    const faint = places.depth[i] < 0 ? ' opacity="0.45"' : '';
    text += `${circle} stroke="${paper}" stroke-width="${digits(3.5 * px)}"${faint}/>${circle} stroke="${ink}" stroke-width="${digits(1.75 * px)}"${faint}/>`;
  }
  return text;
}

function cross({ width, height }: Size, color: string, px: number): string {
  const [x, y, arm] = [width / 2, height / 2, 7 * px];
  return `<path d="M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}" stroke="${color}" stroke-width="${px}" stroke-opacity="0.7"/>`;
}

function pathOf(corners: readonly number[]): string {
  let path = '';
  for (let i = 0; i + 1 < corners.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${digits(corners[i])} ${digits(corners[i + 1])}`;
  return `${path}Z`;
}

export function digits(x: number): string {
  return String(Math.round(10 * x) / 10);
}
