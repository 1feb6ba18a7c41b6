import { cos, pow, sin } from '../../core/numeric.ts';

/** Red, green, blue in [0, 1]. */
export type Rgb = readonly [number, number, number];
/** OKLab (Ottosson 2020): lightness in [0, 1], green to red, blue to yellow. Equal distances look about equal. */
export type Oklab = readonly [number, number, number];

export function rgbOf(color: number): Rgb {
  return [((color >> 16) & 255) / 255, ((color >> 8) & 255) / 255, (color & 255) / 255];
}

/** 0xRRGGBB; what the screen can't show is cut off. */
export function colorOf(rgb: Rgb): number {
  const [r, g, b] = rgb.map((c) => Math.round(255 * Math.min(1, Math.max(0, c))));
  return (r << 16) | (g << 8) | b;
}

export function linearOf(rgb: Rgb): Rgb {
  return rgb.map((c) => (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4))) as never;
}

export function encodedOf(linear: Rgb): Rgb {
  return linear.map((c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * pow(c, 1 / 2.4) - 0.055)) as never;
}

export function oklabOf(rgb: Rgb): Oklab {
  const [r, g, b] = linearOf(rgb);
  const l = pow(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b, 1 / 3);
  const m = pow(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b, 1 / 3);
  const s = pow(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b, 1 / 3);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Parts outside [0, 1] where the screen can't show the color. */
export function rgbOfOklab([lightness, a, b]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return encodedOf([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

/** The color of a lightness and a hue (degrees) with the chroma, or the most of it that the screen can show. */
export function oklabOfHue(lightness: number, chroma: number, hue: number): Oklab {
  const [c, s] = [cos((hue * Math.PI) / 180), sin((hue * Math.PI) / 180)];
  const isShown = (k: number) =>
    rgbOfOklab([lightness, k * c, k * s]).every((part) => part >= -1e-6 && part <= 1 + 1e-6);
  let most = chroma;
  if (!isShown(most)) {
    let least = 0;
    for (let step = 0; step < 24; step++) {
      const middle = (least + most) / 2;
      if (isShown(middle)) least = middle;
      else most = middle;
    }
    most = least;
  }
  return [lightness, most * c, most * s];
}

export function oklabDistance(p: Oklab, q: Oklab): number {
  return Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2);
}
