import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { cellFeatures, labeledCanvases } from './labeled-canvases.ts';

/** Twenty digits of one bright pixel block each. */
const digits = {
  images: matrix(new Float32Array(20 * 196).fill(0.9), 20, 196),
  labels: Int32Array.from({ length: 20 }, (_, i) => i % 10),
};
const { images, present, cells } = labeledCanvases(digits, 60, Random.fromSeed(1));

test('cells have the digits that are present, one to three, and a 3 comes with a 7', () => {
  for (let i = 0; i < 60; i++) {
    const own = [...present.subarray(i * 10, i * 10 + 10)].flatMap((on, digit) =>
      on ? [digit] : [],
    );
    expect(own.length).toBeGreaterThanOrEqual(1);
    expect(own.length).toBeLessThanOrEqual(3);
    const seen = new Set([...cells.subarray(i * 64, i * 64 + 64)].filter((digit) => digit >= 0));
    expect([...seen].toSorted((x, y) => x - y)).toEqual(own);
    if (own.includes(3)) expect(own).toContain(7);
  }
});

test('cells of a digit are brighter than those of noise', () => {
  const features = cellFeatures(images, 0);
  const light = (wanted: boolean) =>
    [...cells.subarray(0, 64)].flatMap((digit, cell) =>
      digit >= 0 === wanted ? [features.data[cell * 4]] : [],
    );
  expect(Math.min(...light(true))).toBeGreaterThan(0.4);
  expect(Math.min(...light(false))).toBeLessThan(0.4);
});
