import type { Palette } from '../cloud.ts';
import { colorOf, type Oklab, oklabDistance, oklabOfHue, rgbOfOklab } from './color.ts';
import { type Ground, paletteOn, RAMP_LENGTH } from './palette.ts';

/** From pale yellow over green to dark blue; on a dark ground the other way, so that much always stands out. */
export function sequential(ground: Ground): Palette {
  const path = (t: number) => oklabOfHue(0.93 - 0.66 * t, 0.125, 105 + 165 * t);
  const dark = (t: number) => oklabOfHue(0.34 + 0.6 * t, 0.125, 275 - 170 * t);
  return paletteOn(ground, evenly(ground === 'light' ? path : dark));
}

/** From blue over the ground's grey to orange, as far from grey on both sides. */
export function diverging(ground: Ground): Palette {
  const [middle, end] = ground === 'light' ? [0.87, 0.48] : [0.44, 0.82];
  const arm = (hue: number) => (t: number) =>
    oklabOfHue(middle + (end - middle) * t, 0.15 * t, hue);
  const half = (RAMP_LENGTH + 1) / 2;
  const [blue, orange] = [evenly(arm(255), half), evenly(arm(50), half)];
  return paletteOn(ground, [...blue.toReversed(), ...orange.slice(1)]);
}

/** Colors along a path at equal distances of OKLab. */
function evenly(path: (t: number) => Oklab, count = RAMP_LENGTH): number[] {
  const fine = Array.from({ length: 1025 }, (_, i) => path(i / 1024));
  const ways = [0];
  for (let i = 1; i < fine.length; i++)
    ways.push(ways[i - 1] + oklabDistance(fine[i - 1], fine[i]));
  const colors: number[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const goal = (ways[1024] * i) / (count - 1);
    while (at < 1023 && ways[at + 1] < goal) at++;
    const share = (goal - ways[at]) / (ways[at + 1] - ways[at]);
    colors.push(colorOf(rgbOfOklab(path((at + Math.min(1, share)) / 1024))));
  }
  return colors;
}
