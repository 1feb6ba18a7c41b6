import type { Palette } from '../cloud.ts';
import { type Ground, paletteOn } from './palette.ts';

/** The six colors of Okabe and Ito that stand out on both grounds, then four found by a search for the farthest apart. */
const OKABE_ITO = [0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9] as const;

const COLORS = {
  light: [...OKABE_ITO, 0x1b1b1a, 0x871e00, 0x000069, 0x5a694b],
  dark: [...OKABE_ITO, 0xf4f2ea, 0x962d00, 0xc3ff96, 0xd2b4b4],
} as const;

/** How many categories have a color of their own. */
export const CATEGORY_COUNT: number = COLORS.light.length;

/**
 * Colors of categories that readers with any color vision tell apart: two of them differ by at least 10.8 (CIEDE2000),
 * seen by anyone or simulated for readers without one kind of cone (Machado et al. 2009); grey for what has no
 * category differs from them by at least 10.1.
 */
export function categorical(ground: Ground): Palette {
  return paletteOn(ground, COLORS[ground]);
}
