import type { Camera, Size } from '../../camera.ts';
import { type Cloud, type Palette, pointCount } from '../../cloud.ts';
import { codesOf, hasSelected } from '../codes.ts';
import type { DrawSettings } from '../renderer.ts';
import { ownPainter } from './tools.ts';

/**
 * The picture of a cloud, drawn on the processor: RGBA, row by row.
 *
 * @example
 * import { categorical, drawn, fitted } from 'tammes/view';
 *
 * const cloud = { positions: Float32Array.of(0, 0, 1, 1), dims: 2, shades: Uint8Array.of(0, 1) } as const;
 * const size = { width: 64, height: 64 };
 * const settings = { pointSize: 4, opacity: 1 };
 * const rgba = drawn(cloud, fitted(cloud, size), size, settings, categorical('light'));
 * console.log(rgba.length); // 16384
 */
export function drawn(
  cloud: Cloud,
  camera: Camera,
  size: Size,
  settings: DrawSettings,
  palette: Palette,
): Uint8ClampedArray<ArrayBuffer> {
  pointCount(cloud);
  const { positions, dims } = cloud;
  const painter = ownPainter();
  painter.setPalette(palette.colors, palette.background);
  const pixels = painter.draw({
    positions,
    dims,
    codes: codesOf(cloud),
    isSelecting: hasSelected(cloud),
    camera,
    ...size,
    settings,
  });
  // The kernels' memory may go.
  return pixels.slice();
}
