import { expect, test } from 'vitest';
import { matrix, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { engineFamilies, expectSameBytes } from '../../../testing/engines.ts';
import type { Engine } from '../../engine.ts';
import { referenceEngine } from '../../reference.ts';
import type { Patches } from '../matmul/patches.ts';

const families = engineFamilies();

function windows(n: number, side: number, channels: number, size: number, top: number): Patches {
  const down = Math.ceil((side + top) / size);
  const kernel = { kernelHeight: size, kernelWidth: size, stride: size };
  return { n, height: side, width: side, channels, ...kernel, down, across: down, top, left: top };
}

test.each([
  ['one place', windows(1, 1, 1, 1, 0)],
  ['odd channels', windows(2, 7, 5, 2, 0)],
  ['padding on every side', windows(3, 6, 18, 3, 1)],
  ['the layer of a small network', windows(16, 28, 16, 2, 0)],
  ['windows beyond the image', windows(1, 3, 4, 2, 4)],
])('gives the same bytes on every engine: %s', async (_, given) => {
  const { n, height, width, channels, down, across } = given;
  const random = Random.fromSeed(channels);
  const images = zeros(n * height * width, channels);
  // Few values: ties; and NaN, −∞ and zeros of both signs.
  const values = [-1, 0, -0, 1, 2, -Infinity, NaN];
  for (let e = 0; e < images.data.length; e++)
    images.data[e] = e % 50 === 7 ? NaN : values[random.integer(6)];
  const pooled = async (engine: Engine) => {
    const out = zeros(n * down * across, channels);
    const places = new Int32Array(out.data.length);
    await engine.maxPool(images, given, out, places);
    return [out.data, places];
  };
  const wanted = await pooled(referenceEngine);
  for (const engine of families.flat()) expectSameBytes(await pooled(engine), wanted);
});

test('the first of equal numbers, NaN before all, −∞ at no place where nothing is seen', async () => {
  const images = matrix(Float64Array.of(3, 5, 5, 1, -2, NaN, NaN, 7), 8, 1);
  const out = matrix(new Float64Array(3), 3, 1);
  const places = new Int32Array(3);
  const row = {
    n: 1,
    height: 1,
    width: 8,
    channels: 1,
    kernelHeight: 1,
    kernelWidth: 4,
    stride: 4,
  };
  await referenceEngine.maxPool(
    images,
    { ...row, down: 1, across: 3, top: 0, left: 0 },
    out,
    places,
  );
  expect([...out.data]).toEqual([5, NaN, -Infinity]);
  expect([...places]).toEqual([1, 5, -1]);
});

test('refuses room of another size', async () => {
  const given = windows(1, 4, 2, 2, 0);
  const images = zeros(16, 2);
  for (const engine of [families[0][0], referenceEngine]) {
    const refused = (rows: number, places: number) =>
      expect((async () => engine.maxPool(images, given, zeros(rows, 2), new Int32Array(places)))())
        .rejects;
    await refused(3, 8).toThrow('max-pool: expected out of 4 × 2; got 3 × 2.');
    await refused(4, 7).toThrow('max-pool: expected 8 places; got 7.');
  }
});
