import type { Size } from '../camera.ts';
import type { Cloud } from '../cloud.ts';
import { placementOf } from '../placement.ts';
import { paleness } from '../renderers/cpu/tables.ts';
import type { DrawSettings } from '../renderers/renderer.ts';
import { digits } from './digits.ts';
import { type Furniture, furnitureSvg } from './svg.ts';

/** Layers from the far side to the near one. */
const LAYERS = 12;
/** Rows are drawn in so many turns, by a hash, so that no class covers all others. */
const TURNS = 8;

/** A picture whose unit is a pixel. */
export function svgAround({ width, height }: Size, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
}

/** The picture of points that are drawn already: its ground, they, and what lies over them. */
export function wholeSvg(furniture: Furniture, points: string): string {
  const ground = `<rect width="100%" height="100%" fill="${hex(furniture.palette.background)}"/>`;
  return svgAround(furniture.size, ground + points + furnitureSvg(furniture));
}

/**
 * The points as dots: lines of no length with round ends, all of a color in one path, a fifth of the bytes of circles.
 * What is nearer or selected lies above.
 */
export function dotsSvg(
  cloud: Cloud,
  { camera, size, palette }: Furniture,
  { pointSize, opacity }: DrawSettings,
): string {
  const { x, y, depth } = placementOf(cloud, camera, size);
  const { shades, selected } = cloud;
  const hasDepth = camera.kind === 'globe' && camera.projection === 'globe';
  const isSelecting = selected?.includes(1) ?? false;
  const isSeen = (at: number, most: number) => at >= -pointSize && at <= most + pointSize;
  const layerOf = (row: number) =>
    Math.min(LAYERS - 1, Math.floor(((depth[row] + 1) / 2) * LAYERS));
  const turnOf = (row: number) => Math.imul(row + 1, 2654435761) >>> (32 - Math.log2(TURNS));
  const paths = new Map<number, string>();
  for (let row = 0; row < shades.length; row++) {
    if (!isSeen(x[row], size.width) || !isSeen(y[row], size.height)) continue;
    const order = hasDepth ? layerOf(row) : turnOf(row);
    const place = (order + (selected?.[row] ? 16 : 0)) * 256 + shades[row];
    paths.set(place, `${paths.get(place) ?? ''}M${digits(x[row])} ${digits(y[row])}h0`);
  }
  return [...paths]
    .toSorted(([a], [b]) => a - b)
    .map(([place, path]) => {
      const order = (place >> 8) % 16;
      const pale = isSelecting && place >> 8 < 16 ? 0.3 : 1;
      const deep = hasDepth ? paleness((2 * order + 1) / LAYERS - 1) : 1;
      return `<path d="${path}" fill="none" stroke="${hex(palette.colors[place & 255])}" stroke-opacity="${(opacity * deep * pale).toFixed(2)}" stroke-width="${digits(pointSize)}" stroke-linecap="round"/>`;
    })
    .join('');
}

function hex(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
