import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import {
  blocky,
  blurred,
  enlarged,
  noisy,
  scaledTo,
  squaredError,
  structuralDissimilarity,
} from './distorted-images.ts';

const SIDE = 16;
const image = Float64Array.from({ length: SIDE * SIDE }, (_, p) => 100 + 50 * Math.sin(p / 3));
const flat = new Float64Array(SIDE * SIDE).fill(80);

describe('distorted images', () => {
  test('a flat image stays flat when it is enlarged or blurred', () => {
    expect(enlarged(flat, SIDE).every((x) => Math.abs(x - 80) < 1e-9)).toBe(true);
    expect(blurred(flat, 1.5).every((x) => Math.abs(x - 80) < 1e-9)).toBe(true);
  });

  test('an enlarged ramp is a ramp between the outermost centers', () => {
    const ramp = Float64Array.from({ length: 16 }, (_, p) => p % 4);
    expect([...enlarged(ramp, 4).subarray(1, 7)]).toEqual([0.25, 0.75, 1.25, 1.75, 2.25, 2.75]);
  });

  test('blocks with steps near 0 give the image back, and with large ones their mean', () => {
    const back = blocky(image, 1e-9);
    for (const [p, x] of back.entries()) expect(x).toBeCloseTo(image[p], 6);
    expect(squaredError(blocky(image, 200), image)).toBeGreaterThan(100);
  });

  test('a scaled change has the error asked for, and SSIM is 1 of an image with itself', () => {
    const changed = scaledTo(144, image, noisy(image, 3, Random.fromSeed(1)));
    expect(squaredError(image, changed)).toBeCloseTo(144, 9);
    expect(structuralDissimilarity(image, image)).toBeCloseTo(0, 12);
    const lighter = image.map((x) => x + 12);
    expect(structuralDissimilarity(image, lighter)).toBeLessThan(
      structuralDissimilarity(image, changed),
    );
  });
});
