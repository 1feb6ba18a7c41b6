import type { Palette } from '../../../../view/cloud.ts';
import { CATEGORY_COUNT, categorical } from '../../../../view/palettes/categorical.ts';
import { NO_SHADE } from '../../../../view/palettes/palette.ts';
import { sequential } from '../../../../view/palettes/ramps.ts';
import type { Legend } from './colors.ts';
import { RAMP_STEPS } from './colors.ts';

/** The measured palettes of the view, with what has no color of its own as shade 0. */
export function paletteOf(kind: Legend['kind'], isDark: boolean): Palette {
  const ground = isDark ? 'dark' : 'light';
  const { colors, background } = kind === 'ramp' ? sequential(ground) : categorical(ground);
  const used = colors.subarray(0, kind === 'ramp' ? RAMP_STEPS : CATEGORY_COUNT);
  return { colors: Uint32Array.of(colors[NO_SHADE], ...used), background };
}

/** The color of a shade, for style sheets. */
export function cssOf({ colors }: Palette, shade: number): string {
  return `#${colors[Math.min(shade, colors.length - 1)].toString(16).padStart(6, '0')}`;
}
