import { describe, expect, test } from 'vitest';
import { CATEGORY_COUNT, categorical } from './categorical.ts';
import { linearOf, oklabDistance, oklabOf, type Rgb, rgbOf, rgbOfOklab } from './color.ts';
import { shadedCategories, shadedNumbers } from './legend.ts';
import { NO_SHADE, RAMP_LENGTH } from './palette.ts';
import { diverging, sequential } from './ramps.ts';

/** What readers without one kind of cone see of linear red, green, blue (Machado, Oliveira and Fernandes 2009). */
const VISION: Record<string, readonly number[]> = {
  'with all cones': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopes: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopes: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopes: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

type Lab = readonly [number, number, number];

function labOf(color: number, vision: readonly number[]): Lab {
  const linear = linearOf(rgbOf(color));
  const [r, g, b] = [0, 3, 6].map((row) => {
    const part =
      vision[row] * linear[0] + vision[row + 1] * linear[1] + vision[row + 2] * linear[2];
    return Math.min(1, Math.max(0, part));
  });
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
function hueOf(a: number, b: number): number {
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** CIEDE2000 (Sharma, Wu and Dalal 2005). */
function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const stretch = 1 + 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const [h1, h2] = [hueOf(a1 * stretch, b1), hueOf(a2 * stretch, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = h2 - h1 > 180 ? -360 : h2 - h1 < -180 ? 360 : 0;
  const hue = 2 * Math.sqrt(c1 * c2) * sine((h2 - h1 + turn) / 2);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const sum = h1 + h2;
  const h = isGrey
    ? sum
    : Math.abs(h1 - h2) <= 180
      ? sum / 2
      : (sum + (sum < 360 ? 360 : -360)) / 2;
  const t =
    1 -
    0.17 * cosine(h - 30) +
    0.24 * cosine(2 * h) +
    0.32 * cosine(3 * h + 6) -
    0.2 * cosine(4 * h - 63);
  const lightness = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const chroma = (c2 - c1) / (1 + 0.045 * c);
  const hues = hue / (1 + 0.015 * c * t);
  const rotation =
    -sine(60 * Math.exp(-(((h - 275) / 25) ** 2))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hues ** 2 + rotation * chroma * hues);
}

test('the measure of colors is that of Sharma, Wu and Dalal', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
});

test('OKLab comes back, and white is its lightness 1', () => {
  const rgb: Rgb = [0.2, 0.7, 0.4];
  rgbOfOklab(oklabOf(rgb)).forEach((part, i) => {
    // The published matrices have ten digits.
    expect(part).toBeCloseTo(rgb[i], 6);
  });
  expect(oklabOf([1, 1, 1])[0]).toBeCloseTo(1, 6);
});

describe.each(['light', 'dark'] as const)('on a %s ground', (ground) => {
  const palette = categorical(ground);
  const own = Array.from(palette.colors.slice(0, CATEGORY_COUNT));

  test.each(Object.entries(VISION))(
    'readers %s tell categories, grey and the ground apart',
    (_, vision) => {
      const labs = own.map((color) => labOf(color, vision));
      const pairs = labs.flatMap((a, i) => labs.slice(0, i).map((b) => ciede2000(a, b)));
      expect(Math.min(...pairs)).toBeGreaterThan(10.8);
      const grey = labOf(palette.colors[NO_SHADE], vision);
      const paper = labOf(palette.background, vision);
      expect(Math.min(...labs.map((lab) => ciede2000(lab, grey)))).toBeGreaterThan(10.1);
      expect(Math.min(...[...labs, grey].map((lab) => ciede2000(lab, paper)))).toBeGreaterThan(20);
    },
  );

  test.each([
    ['sequential', sequential(ground)] as const,
    ['diverging', diverging(ground)] as const,
  ])('the %s ramp has even steps', (_, { colors }) => {
    const labs = Array.from(colors.slice(0, RAMP_LENGTH), (color) => oklabOf(rgbOf(color)));
    // Over 16 shades, since 8 bits a part round a single step by a third of it; the path is curved, its chords shorter.
    const steps = labs.slice(16).map((lab, i) => oklabDistance(lab, labs[i]));
    const halves = [steps.slice(0, 112), steps.slice(-112)];
    for (const half of halves) expect(Math.max(...half) / Math.min(...half)).toBeLessThan(1.25);
  });

  test('a sequential ramp gets steadily darker on paper and lighter in the dark', () => {
    const { colors } = sequential(ground);
    const lightness = Array.from(colors.slice(0, RAMP_LENGTH), (color) => oklabOf(rgbOf(color))[0]);
    const sign = ground === 'light' ? -1 : 1;
    const rises = lightness.slice(4).map((l, i) => sign * (l - lightness[i]));
    expect(Math.min(...rises)).toBeGreaterThan(0);
    expect(sign * (lightness[RAMP_LENGTH - 1] - lightness[0])).toBeGreaterThan(0.5);
  });

  test('both arms of a diverging ramp are equally far from its grey middle', () => {
    const { colors } = diverging(ground);
    const [low, middle, high] = [0, 127, 254].map((shade) => oklabOf(rgbOf(colors[shade])));
    expect(Math.hypot(middle[1], middle[2])).toBeLessThan(0.005);
    expect(oklabDistance(low, middle) / oklabDistance(high, middle)).toBeCloseTo(1, 1);
    expect(low[2]).toBeLessThan(-0.05);
    expect(high[2]).toBeGreaterThan(0.05);
  });
});

describe('shades', () => {
  test('the most frequent categories have colors of their own, ties by name', () => {
    const { shades, legend } = shadedCategories(['b', 'c', 'a', 'c', 'd'], 2);
    expect(legend.entries).toEqual([
      { name: 'c', count: 2, shade: 0 },
      { name: 'a', count: 1, shade: 1 },
      { name: 'b', count: 1, shade: NO_SHADE },
      { name: 'd', count: 1, shade: NO_SHADE },
    ]);
    expect([...shades]).toEqual([NO_SHADE, 0, 1, 0, NO_SHADE]);
  });

  test('numbers go over the ramp, what has none is grey', () => {
    const { shades, legend } = shadedNumbers([2, 4, 3, Number.NaN, 9], [2, 4]);
    expect([...shades]).toEqual([0, 254, 127, NO_SHADE, 254]);
    expect(legend).toMatchObject({ range: [2, 4], missing: 1 });
    expect(legend.ticks.map(({ value }) => value)).toEqual([2, 2.5, 3, 3.5, 4]);
    expect(legend.ticks[2].place).toBe(0.5);
  });

  test('equal numbers, infinite ones and none have a legend too', () => {
    expect(shadedNumbers([5, 5]).legend).toMatchObject({
      range: [5, 5],
      ticks: [{ place: 0, value: 5 }],
    });
    expect([...shadedNumbers([-Infinity, 0, 1, Infinity]).shades]).toEqual([0, 0, 254, 254]);
    expect(shadedNumbers([]).legend.range).toEqual([0, 0]);
    expect(shadedNumbers([Number.NaN]).legend).toMatchObject({ range: [0, 0], missing: 1 });
  });

  test('ticks are round numbers between both ends', () => {
    const ticks = shadedNumbers([0.013, 0.987]).legend.ticks;
    expect(ticks.map(({ value }) => value)).toEqual([0.2, 0.4, 0.6, 0.8]);
  });
});
