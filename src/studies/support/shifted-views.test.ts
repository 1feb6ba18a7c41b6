import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { halved, shiftedView } from './shifted-views.ts';

test('a view moves an image by at most as many pixels as it may, and lets zeros in', () => {
  const image = new Float32Array(49);
  image[24] = 1; // the middle of 7 × 7
  const places = new Set<number>();
  for (let draw = 0; draw < 200; draw++) {
    const out = new Float32Array(49);
    shiftedView(7, 2, 0)(image, out, Random.fromSeed(draw));
    expect(out.reduce((a, b) => a + b)).toBe(1);
    places.add(out.indexOf(1));
  }
  const reach = [-2, -1, 0, 1, 2];
  expect([...places].sort((a, b) => a - b)).toEqual(
    reach.flatMap((y) => reach.map((x) => 24 + 7 * y + x)),
  );
});

test('what leaves the image is gone', () => {
  const out = new Float32Array(4);
  const seen = Array.from({ length: 50 }, (_, draw) => {
    shiftedView(2, 1, 0)(Float32Array.of(1, 1, 1, 1), out, Random.fromSeed(draw));
    return out.reduce((a, b) => a + b);
  });
  expect(new Set(seen)).toEqual(new Set([1, 2, 4]));
});

test('halved images hold means of four pixels', () => {
  const two = Float32Array.from({ length: 32 }, (_, e) => e);
  expect(Array.from(halved(two, 4))).toEqual([2.5, 4.5, 10.5, 12.5, 18.5, 20.5, 26.5, 28.5]);
});
