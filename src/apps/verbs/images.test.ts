import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { lasi } from '../../families/comparisons/index.ts';
import { imageDistances, imageEmbeddings } from './images.ts';

const random = Random.fromSeed(1);
const pictures = matrix(
  Float32Array.from({ length: 6 * 64 }, (_, e) => 100 + 60 * Math.sin(e / 5) + random.normal()),
  6,
  64,
);
const half = {
  ...pictures,
  // The right half of each image is noise.
  data: pictures.data.map((x, e) => (e % 8 < 4 ? x : 255 * random.uniform())),
};

describe('imageDistances', () => {
  test('gives the numbers of the comparison, and a map whose mean they are', async () => {
    const { value, distances, map, shape } = await imageDistances(pictures, half, { neighbors: 4 });
    expect(shape).toEqual({ height: 8, width: 8, channels: 1 });
    const known = await lasi({ a: pictures, b: half }, { neighbors: 4 });
    expect(value).toBeCloseTo(known.value, 12);
    for (let i = 0; i < 6; i++) {
      const own = map.data.subarray(64 * i, 64 * (i + 1));
      expect(own.reduce((sum, x) => sum + x / 64, 0)).toBeCloseTo(distances[i], 6);
    }
  });

  test('the map shows where: more where the noise is', async () => {
    const { map } = await imageDistances(pictures, half, { neighbors: 4 });
    let [left, right] = [0, 0];
    for (const [e, x] of map.data.entries()) {
      if (e % 8 < 4) left += x;
      else right += x;
    }
    expect(right).toBeGreaterThan(1.5 * left);
  });

  test('one pair has no interval and no null', async () => {
    const one = matrix(pictures.data.slice(0, 64), 1, 64);
    const found = await imageDistances(one, one);
    expect(found).toMatchObject({ n: 1, value: 0 });
    expect(found.low ?? found.null).toBeUndefined();
  });

  test('other numbers of images, and values that are no square, are refused in one sentence', async () => {
    const few = matrix(pictures.data.slice(0, 64), 1, 64);
    await expect(imageDistances(pictures, few)).rejects.toThrow(
      'images: expected as many images of as many values in both, 6 × 64; got 1 × 64.',
    );
    const odd = matrix(new Float32Array(6), 1, 6);
    await expect(imageDistances(odd, odd)).rejects.toThrow(
      'images: option "height" must be given with width: 6 values of 1 a pixel are no square; got 0.',
    );
  });
});

describe('imageEmbeddings', () => {
  test('are unit vectors for each value, and their distances are those of the images', async () => {
    const [a, b] = [
      await imageEmbeddings(pictures, { neighbors: 4 }),
      await imageEmbeddings(half, { neighbors: 4 }),
    ];
    expect([a.points.rows, a.points.cols]).toEqual([6, 256]);
    const { distances } = await imageDistances(pictures, half, { neighbors: 4 });
    let sum = 0;
    for (let p = 0; p < 64; p++) {
      const at = [0, 1, 2, 3].map((k) => 4 * p + k);
      expect(Math.hypot(...at.map((e) => a.points.data[e]))).toBeCloseTo(1, 6);
      sum += Math.hypot(...at.map((e) => a.points.data[e] - b.points.data[e])) / 64;
    }
    expect(sum).toBeCloseTo(distances[0], 6);
  });
});
