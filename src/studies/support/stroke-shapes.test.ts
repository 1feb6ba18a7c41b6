import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { strokeShapes } from './stroke-shapes.ts';

/** 12 × 12 pixels with ink where it is said. */
function image(isInk: (row: number, column: number) => boolean) {
  const data = new Float32Array(144);
  for (let p = 0; p < 144; p++) data[p] = isInk(Math.floor(p / 12), p % 12) ? 1 : 0;
  return matrix(data, 1, 144);
}

test('an upright bar has no slant, one that goes a pixel aside each line has slant 1', () => {
  expect(strokeShapes(image((_, column) => column === 5)).slant[0]).toBeCloseTo(0, 12);
  expect(strokeShapes(image((row, column) => column === row)).slant[0]).toBeCloseTo(1, 12);
  expect(strokeShapes(image((row, column) => column === 11 - row)).slant[0]).toBeCloseTo(-1, 12);
});

test('a wider bar is thicker, and a bar of three pixels about three', () => {
  const wide = (width: number) =>
    strokeShapes(image((_, column) => column >= 4 && column < 4 + width)).thickness[0];
  expect(wide(1)).toBeLessThan(wide(2));
  expect(wide(2)).toBeLessThan(wide(3));
  expect(wide(3)).toBeGreaterThan(2);
  expect(wide(3)).toBeLessThan(3);
});

test('an empty image has neither', () => {
  const { slant, thickness } = strokeShapes(image(() => false));
  expect([slant[0], thickness[0]]).toEqual([0, 0]);
});
