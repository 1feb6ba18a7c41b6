import type { Palette } from '../../../../view/cloud.ts';
import type { Legend } from './colors.ts';
import { RAMP_STEPS } from './colors.ts';

// Okabe and Ito's colors without black, then darker and paler ones between them.
const ON_LIGHT = [
  0x0b63a5, 0xd55e00, 0x009e73, 0xcc79a7, 0xb58900, 0x56b4e9, 0x7a4fbf, 0x8c510a, 0x5b7f1d,
  0xa50f45, 0x3d6b73, 0x9a8f97,
];
const ON_DARK = [
  0x74b6f4, 0xf29a5c, 0x3cc79b, 0xe5a0c6, 0xe6c84a, 0x9bdcff, 0xb294f0, 0xc99155, 0xa7c957,
  0xf2709c, 0x7fb3bd, 0xc9c1c7,
];
const RAMP_ON_LIGHT = [0xdcd6a8, 0xa9c99a, 0x5fb0a0, 0x2d8aa3, 0x2a5f98, 0x30337a, 0x2a1048];
const RAMP_ON_DARK = [0x33306e, 0x2d5a93, 0x2d86a0, 0x4fb09b, 0x93cf8f, 0xd9e67c, 0xfdf6c3];

export function paletteOf(kind: Legend['kind'], isDark: boolean): Palette {
  const rest = isDark ? 0x5a5d66 : 0xb9b7b0;
  const background = isDark ? 0x15171b : 0xffffff;
  if (kind === 'ramp') {
    const ramp = isDark ? RAMP_ON_DARK : RAMP_ON_LIGHT;
    const steps = Array.from({ length: RAMP_STEPS }, (_, i) => blend(ramp, i / (RAMP_STEPS - 1)));
    return { colors: Uint32Array.of(rest, ...steps), background };
  }
  const colors = isDark ? ON_DARK : ON_LIGHT;
  return { colors: Uint32Array.of(rest, ...colors), background };
}

/** The color of a shade, for style sheets. */
export function cssOf({ colors }: Palette, shade: number): string {
  return `#${colors[Math.min(shade, colors.length - 1)].toString(16).padStart(6, '0')}`;
}

function blend(ramp: readonly number[], share: number): number {
  const at = share * (ramp.length - 1);
  const i = Math.min(ramp.length - 2, Math.floor(at));
  const t = at - i;
  const part = (shift: number) => {
    const a = (ramp[i] >> shift) & 255;
    const b = (ramp[i + 1] >> shift) & 255;
    return Math.round(a + t * (b - a)) << shift;
  };
  return part(16) | part(8) | part(0);
}
