import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { occluded, twoDigits } from './two-digits.ts';

/** An image of each digit whose pixels are all the digit's own gray. */
const digits = {
  images: matrix(
    Float32Array.from({ length: 10 * 784 }, (_, e) => (Math.floor(e / 784) + 1) / 16),
    10,
    784,
  ),
  labels: Int32Array.from({ length: 10 }, (_, digit) => digit),
};

test('the left half shows tens, the right half ones', () => {
  const { points, classes } = twoDigits(digits, { count: 30, random: Random.fromSeed(1) });
  expect([points.rows, points.cols]).toEqual([30, 14 * 28]);
  for (let i = 0; i < 30; i++) {
    for (let e = 0; e < 14 * 28; e++) {
      const digit = e % 28 < 14 ? Math.floor(classes[i] / 10) : classes[i] % 10;
      expect(points.data[i * points.cols + e]).toBe((digit + 1) / 16);
    }
  }
});

test('only the numbers asked for are drawn', () => {
  const numbers = Int32Array.of(7, 42);
  const { classes } = twoDigits(digits, { count: 40, numbers, random: Random.fromSeed(1) });
  expect(new Set(classes)).toEqual(new Set(numbers));
});

test('occlusion blackens a square of each digit and nothing else', () => {
  const clean = twoDigits(digits, { count: 50, random: Random.fromSeed(1) });
  const before = clean.points.data.slice();
  const { points, classes } = occluded(clean, Random.fromSeed(2));
  expect(clean.points.data).toEqual(before);
  expect(classes).toEqual(clean.classes);
  for (let i = 0; i < 50; i++) {
    for (const left of [0, 14]) {
      let black = 0;
      for (let y = 0; y < 14; y++)
        for (let x = left; x < left + 14; x++) {
          const at = i * points.cols + y * 28 + x;
          if (points.data[at] === 0) black += 1;
          else expect(points.data[at]).toBe(before[at]);
        }
      expect(Math.sqrt(black) % 1).toBe(0);
    }
  }
});

test('a share of the images is occluded', () => {
  const { points } = twoDigits(digits, { count: 200, corrupted: 0.5, random: Random.fromSeed(3) });
  const hit = Array.from({ length: 200 }, (_, i) =>
    points.data.subarray(i * points.cols, (i + 1) * points.cols).includes(0),
  ).filter(Boolean).length;
  // Half of 200, less the one in 225 whose squares are both empty; four standard deviations of 7.
  expect(Math.abs(hit - 100)).toBeLessThan(28);
});
