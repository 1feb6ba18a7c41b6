import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { lasi } from './lasi.ts';

const SIDE = 24;
const picture = Float64Array.from({ length: SIDE * SIDE }, (_, p) => {
  const [y, x] = [Math.floor(p / SIDE), p % SIDE];
  return 120 + 60 * Math.sin(x / 4) * Math.cos(y / 3) + 40 * (x > y ? 1 : 0);
});

function withNoise(deviation: number, seed = 1): Float64Array {
  const random = Random.fromSeed(seed);
  return picture.map((x) => x + deviation * random.normal());
}

const one = (values: Float64Array) => matrix(values, 1, values.length);
const distanceTo = async (values: Float64Array, options = {}) =>
  (await lasi({ a: one(picture), b: one(values) }, options)).value;

describe('lasi', () => {
  test('a picture is at 0 from itself', async () => {
    expect(await distanceTo(picture)).toBe(0);
  });

  test('a closed form: of two values none is before a value with a neighbour, so all weights are 0', async () => {
    const a = matrix(Float64Array.of(3, 7), 1, 2);
    const b = matrix(Float64Array.of(-5, 2), 1, 2);
    expect((await lasi({ a, b }, { neighbors: 1 })).value).toBe(0);
  });

  test('a closed form: three values in a row, one neighbour', async () => {
    // Only value 1 has a neighbour before it: θ₂ = 0.8·x₁x₀/(0.8·x₀² + λ), of which the sign is left.
    const a = matrix(Float64Array.of(2, 5, 1), 1, 3);
    const b = matrix(Float64Array.of(2, -5, 1), 1, 3);
    const { value } = await lasi({ a, b }, { neighbors: 1, height: 1, width: 3 });
    expect(value).toBeCloseTo(2 / 3, 12);
  });

  test('grows with noise, and a lighter picture is nearer than a noisy one of the same error', async () => {
    const noisy = [];
    for (const deviation of [2, 4, 8, 12, 20]) noisy.push(await distanceTo(withNoise(deviation)));
    expect(noisy).toEqual([...noisy].sort((a, b) => a - b));
    const lighter = await distanceTo(picture.map((x) => x + 12));
    expect(lighter).toBeLessThan(noisy[3] / 3);
  });

  test('colors: three equal channels are told from three that differ', async () => {
    const colored = (of: (x: number, k: number) => number) =>
      matrix(
        Float64Array.from({ length: 3 * 64 }, (_, e) => of(picture[Math.floor(e / 3)], e % 3)),
        1,
        3 * 64,
      );
    const pair = {
      a: colored((x) => x),
      b: colored((x, k) => (k === 1 ? 255 - x : x)),
    };
    const options = { channels: 3, neighbors: 6 };
    expect((await lasi({ a: pair.a, b: pair.a }, options)).value).toBe(0);
    expect((await lasi(pair, options)).value).toBeGreaterThan(0.1);
  });

  test('images of other rows are farther: the null, with its p-value', async () => {
    const images = (seed: number) =>
      matrix(
        Float64Array.from({ length: 30 * 64 }, (_, e) => {
          const i = Math.floor(e / 64);
          const random = Random.fromSeed(seed).fork(e);
          return 100 + 50 * Math.sin((i + 1) * (e % 8)) + random.normal();
        }),
        30,
        64,
      );
    const { value, null: chance } = await lasi({ a: images(1), b: images(2) }, { neighbors: 4 });
    expect(chance?.value).toBeGreaterThan(value);
    expect(chance?.pValue).toBeLessThan(1e-3);
  });

  test('a shape that does not fit is refused in one sentence, and one that is guessed is said', async () => {
    const a = matrix(new Float64Array(12).fill(1), 2, 6);
    await expect(lasi({ a, b: a }, { height: 2, width: 2 })).rejects.toThrow(
      'lasi: expected images of 2 × 2 × 1 = 4 values; got rows of 6.',
    );
    await expect(lasi({ a, b: a }, { width: 4 })).rejects.toThrow(
      'lasi: expected images of 4 columns of 1; got rows of 6 values.',
    );
    expect((await lasi({ a, b: a })).warnings).toEqual([
      '6 values are no square: each image is taken as one row of pixels; height and width say otherwise.',
    ]);
  });
});

describeComparisonLaws(lasi, { ignores: [], same: 0 });
