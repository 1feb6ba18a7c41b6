import type { Palette } from '../../../view/cloud.ts';
import { type Ground, paletteOn } from '../../../view/palettes/palette.ts';

/** One color for all points: that of the rows before, after, or on the way between them. */
export function seriesPalette(
  ground: Ground,
  before: string,
  after: string,
  share: number,
): Palette {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const [r, g, b] = [1, 3, 5].map((at) =>
    Math.round(part(before, at) + share * (part(after, at) - part(before, at))),
  );
  return paletteOn(ground, [(r << 16) | (g << 8) | b]);
}
