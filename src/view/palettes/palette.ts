import type { Palette } from '../cloud.ts';

/** What the picture stands on: paper or a dark page. */
export type Ground = 'light' | 'dark';

/** The shade of rows that have no value, and of categories beyond those with a color: grey in every palette. */
export const NO_SHADE = 255;

/** How many shades a ramp has; the last one of 256 is that of no value. */
export const RAMP_LENGTH = 255;

const BACKGROUNDS = { light: 0xffffff, dark: 0x15171b } as const;
const GREYS = { light: 0xa9a8a3, dark: 0x6d6f75 } as const;

/** The palette of colors that repeat up to the shade of no value. */
export function paletteOn(ground: Ground, colors: ArrayLike<number>): Palette {
  const all = Uint32Array.from({ length: 256 }, (_, shade) => colors[shade % colors.length]);
  all[NO_SHADE] = GREYS[ground];
  return { colors: all, background: BACKGROUNDS[ground] };
}
