import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { viewOf } from './views.ts';

const none = { crop: 1, shift: 0, masked: 0, noise: 0 };
const image = Float32Array.from({ length: 16 }, (_, e) => e + 1);
const scaling = { mean: Array.from({ length: 16 }, (_, c) => -c), deviation: 2 };

function viewed(settings: Partial<typeof none>, row = image, random = Random.fromSeed(1)) {
  const out = row.slice();
  const { mean, deviation } = scaling;
  viewOf('two-views', { ...none, ...settings }, row.length, {
    mean: mean.slice(0, row.length),
    deviation,
  })(row, out, random);
  return out;
}

describe('a view', () => {
  test('of nothing is the row, which stays as it is', () => {
    expect(viewed({})).toEqual(image);
    const before = image.slice();
    viewed({ crop: 0.5, shift: 1, masked: 0.5, noise: 1 });
    expect(image).toEqual(before);
  });

  test('moved by pixels is the image beside zeros', () => {
    for (let seed = 0; seed < 20; seed++) {
      const out = viewed({ shift: 1 }, image, Random.fromSeed(seed));
      const at = out.indexOf(6);
      const [down, right] = [Math.floor(at / 4) - 1, (at % 4) - 1];
      expect([-1, 0, 1]).toContain(down);
      expect([-1, 0, 1]).toContain(right);
      for (let e = 0; e < 16; e++) {
        const [y, x] = [Math.floor(e / 4) - down, (e % 4) - right];
        const inside = y >= 0 && y < 4 && x >= 0 && x < 4;
        expect(out[e]).toBe(inside ? image[4 * y + x] : 0);
      }
    }
  });

  test('of a window is as linear as the image', () => {
    // The image is 1 + 4y + x: so is each window, by a smaller slope.
    const out = viewed({ crop: 0.5 });
    const slope = out[1] - out[0];
    expect(slope).toBeGreaterThanOrEqual(0.5);
    expect(slope).toBeLessThan(1);
    for (let e = 0; e < 16; e++)
      expect(out[e]).toBeCloseTo(out[0] + slope * (4 * Math.floor(e / 4) + (e % 4)), 5);
    expect(out[0]).toBeGreaterThanOrEqual(1);
    expect(out[15]).toBeLessThanOrEqual(16);
  });

  test('masked has the mean of a column or its value', () => {
    const out = viewed({ masked: 0.5 });
    const masked = out.filter((x, c) => x !== image[c]);
    expect(masked.length).toBeGreaterThan(0);
    expect(masked.length).toBeLessThan(16);
    out.forEach((x, c) => void expect([image[c], -c]).toContain(x));
  });

  test('with noise has that of the deviation', () => {
    const row = new Float32Array(4000).fill(3);
    const out = row.slice();
    const mean = Array.from({ length: 4000 }, () => 3);
    viewOf('two-views', { ...none, noise: 0.5 }, 4000, { mean, deviation: 2 })(
      row,
      out,
      Random.fromSeed(1),
    );
    const variance = out.reduce((all, x) => all + (x - 3) ** 2 / 4000, 0);
    // The variance of 4,000 normal numbers of variance 1 is within 5 standard errors, 5·√(2/4000).
    expect(Math.abs(variance - 1)).toBeLessThan(0.112);
  });

  test('by pixels is refused for what is no image', () => {
    const row = new Float32Array(15);
    expect(() => viewed({ shift: 1 }, row)).toThrow(
      'two-views: option "shift" must be 0 for rows of 15 numbers, which are no square image; got 1.',
    );
    expect(() => viewed({ crop: 0.5 }, row)).toThrow(
      'two-views: option "crop" must be 1 for rows of 15 numbers, which are no square image; got 0.5.',
    );
  });
});
