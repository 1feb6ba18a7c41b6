import type { Camera, Size } from './camera.ts';
import { type Cloud, type Palette, pointCount } from './cloud.ts';
import { dotsSvg, wholeSvg } from './element/dots.ts';
import { Scene } from './element/scene.ts';
import type { Label } from './labels.ts';
import type { DrawSettings } from './renderers/renderer.ts';

/** What lies over the points, and how these are drawn; left out, as `<tammes-view>` does. */
export interface DrawnSvgOptions {
  readonly palette?: Palette | undefined;
  readonly settings?: Partial<DrawSettings> | undefined;
  readonly labels?: readonly Label[] | undefined;
  readonly marks?: ArrayLike<number> | undefined;
  readonly squares?: ArrayLike<number> | undefined;
  readonly links?: ArrayLike<number> | undefined;
}

/**
 * The picture of a cloud as SVG, made without a page: what `<tammes-view>` shows, for paper and for readers without
 * scripts.
 *
 * @example
 * import { drawnSvg, fitted } from 'tammes/view';
 *
 * const cloud = { positions: Float32Array.of(0, 0, 1, 1), dims: 2, shades: Uint8Array.of(0, 1) } as const;
 * const size = { width: 64, height: 64 };
 * const svg = drawnSvg(cloud, fitted(cloud, size), size, { marks: [1] });
 * console.log(svg.includes('<circle')); // true
 */
export function drawnSvg(
  cloud: Cloud,
  camera: Camera,
  size: Size,
  {
    palette,
    settings = {},
    labels = [],
    marks = [],
    squares = [],
    links = [],
  }: DrawnSvgOptions = {},
): string {
  pointCount(cloud);
  const scene = new Scene();
  Object.assign(scene, { cloud, size, settings, labels, marks, squares, links });
  if (palette) scene.palette = palette;
  scene.fittedCamera();
  scene.camera = camera;
  const furniture = scene.furniture();
  return furniture ? wholeSvg(furniture, dotsSvg(cloud, furniture, scene.drawSettings())) : '';
}
