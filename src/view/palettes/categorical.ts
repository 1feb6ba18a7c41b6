import type { Palette } from '../cloud.ts';
import { type Ground, paletteOn } from './palette.ts';

const COLORS = {
  light: [0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9, 0x1b1b1a, 0xb8a900],
  dark: [0x56b4e9, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0xf0e442, 0x0072b2, 0xe9e7e2],
} as const;

/** How many categories have a color of their own. */
export const CATEGORY_COUNT = COLORS.light.length;

/** Colors of categories that readers with any color vision tell apart: those of Okabe and Ito (2008), and some more. */
export function categorical(ground: Ground): Palette {
  return paletteOn(ground, COLORS[ground]);
}
