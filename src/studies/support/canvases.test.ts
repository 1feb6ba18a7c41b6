import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { BACKGROUND, CANVAS, canvases, SINGLE, singles, someCanvases } from './canvases.ts';

/** One digit, class 7, that covers all its 14 × 14 pixels. */
const full = { images: matrix(new Float32Array(196).fill(1), 1, 196), labels: Int32Array.of(7) };
const drawn = canvases(full, 8, Random.fromSeed(1));

test('each pixel is background, dark and without depth, or of a digit in the light of its depth', () => {
  const { images, classes, depth } = drawn;
  expect(classes.length).toBe(8 * CANVAS ** 2);
  const odd = classes.filter((own, pixel) => {
    const light = own === BACKGROUND ? 0 : 1 - 0.6 * (1 - depth[pixel]);
    // Light and depth are kept in float32.
    return Math.abs(images.data[pixel] - light) > 1e-6 || depth[pixel] > 0 !== (own === 7);
  });
  expect(odd.length).toBe(0);
});

test('of three to five digits the nearest is never covered', () => {
  const size = CANVAS ** 2;
  for (let i = 0; i < 8; i++) {
    const own = drawn.depth.subarray(i * size, (i + 1) * size);
    const nearest = Math.max(...own);
    const m = Math.round(0.5 / (1 - nearest));
    expect(m).toBeGreaterThanOrEqual(3);
    expect(m).toBeLessThanOrEqual(5);
    expect(nearest).toBeCloseTo(1 - 0.5 / m, 6);
    expect(own.filter((z) => z === nearest).length).toBe(196);
  }
});

test('the same stream draws the same canvases, and some of them are those', () => {
  const again = canvases(full, 8, Random.fromSeed(1));
  expect(Buffer.from(again.images.data.buffer).equals(Buffer.from(drawn.images.data.buffer))).toBe(
    true,
  );
  const some = someCanvases(drawn, Int32Array.of(4, 2));
  const size = CANVAS ** 2;
  expect(some.depth.subarray(0, size)).toEqual(drawn.depth.subarray(4 * size, 5 * size));
  expect(some.classes.subarray(size)).toEqual(drawn.classes.subarray(2 * size, 3 * size));
  expect(some.images.data.subarray(size)).toEqual(drawn.images.data.subarray(2 * size, 3 * size));
});

test('a single digit lies wholly in its picture, in one light', () => {
  const { data } = singles(full, Int32Array.of(0, 0, 0), Random.fromSeed(2));
  expect(data.length).toBe(3 * SINGLE ** 2);
  for (let i = 0; i < 3; i++) {
    const lit = data.subarray(i * SINGLE ** 2, (i + 1) * SINGLE ** 2).filter((x) => x > 0);
    expect(lit.length).toBe(196);
    expect(new Set(lit).size).toBe(1);
    expect(lit[0]).toBeGreaterThanOrEqual(Math.fround(0.4));
  }
});
