import type { Size } from '../camera.ts';
import type { DrawSettings } from '../renderers/renderer.ts';

/** Points as large and as solid as their number and the picture allow, larger when zoomed in. */
export function autoSettings(count: number, size: Size, ratio: number, zoom: number): DrawSettings {
  const room = Math.sqrt((size.width * size.height) / Math.max(1, count)) / ratio;
  const grown = 0.55 * room * Math.min(3, Math.max(1, zoom)) ** 0.5;
  // Points of 1 and 2 pixels are drawn fastest; those between look no better.
  const css = grown < 1.5 ? 1 : grown < 3 ? 2 : Math.min(6.5, grown);
  return { pointSize: css * ratio, opacity: count > 200_000 ? 0.5 : count > 20_000 ? 0.7 : 0.9 };
}
