import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { orientedGradients, scannerOf, scansOf } from './measured-images.ts';

test('an upright edge has its gradient in the first direction, a level one in the fifth', () => {
  const upright = Float32Array.from({ length: 64 }, (_, e) => (e % 8 < 4 ? 0 : 1));
  const level = Float32Array.from({ length: 64 }, (_, e) => (e < 32 ? 0 : 1));
  for (const [image, bin] of [
    [upright, 0],
    [level, 4],
  ] as const) {
    const { data } = orientedGradients(matrix(image, 1, 64));
    const byBin = Array.from({ length: 8 }, (_, b) => data.filter((_, e) => e % 8 === b));
    byBin.forEach((values, b) => {
      expect(values.some((value) => value > 0)).toBe(b === bin);
    });
  }
});

test('noise of a mean of nine scans is a third of that of one, and no noise is the map', () => {
  const random = Random.fromSeed(1);
  const images = matrix(
    Float32Array.from({ length: 400 }, () => random.normal()),
    100,
    4,
  );
  const options = { voxels: 50, noise: 1, repeats: 1 };
  const scanner = scannerOf(4, random.fork('map'), options);
  const clean = scansOf(images, { ...scanner, noise: 0 }, random);
  const spread = (repeats: number) => {
    const scans = scansOf(images, { ...scanner, repeats }, random.fork(repeats));
    return Math.sqrt(scans.data.reduce((sum, x, e) => sum + (x - clean.data[e]) ** 2, 0));
  };
  // 5,000 draws: each spread is known to 1 %.
  expect(spread(1) / spread(9)).toBeCloseTo(3, 0);
});
