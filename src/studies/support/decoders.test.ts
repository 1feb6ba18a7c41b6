import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { autoencoder } from '../../families/learners/index.ts';
import { decoderOf, relativeSpread, traversed, turnedWithin } from './decoders.ts';
import { squares } from './squares.ts';

/** A decoder whose pictures are the codes. */
const same = {
  weight: matrix(new Float64Array(4), 2, 2),
  codes: async (pictures: Matrix) => pictures,
  pictures: async (codes: Matrix) => codes,
};
const codes = matrix(Float64Array.of(1, 0, -1, 0, 0, 1, 0, -1), 4, 2);
const rows = (...data: number[]) => matrix(Float64Array.from(data), data.length / 2, 2);

test('along an axis one number changes, along a diagonal both do; a step is as long as it is', async () => {
  const axes = await traversed(same, codes, rows(1, 0, 0, 1), 0.5, toFloat64);
  expect(axes.purity).toBeCloseTo(1, 12);
  expect([...axes.lengths]).toEqual([1, 1]);
  const half = Math.SQRT1_2;
  const diagonal = await traversed(same, codes, rows(half, half), 0.5, toFloat64);
  expect(diagonal.purity).toBeCloseTo(0.5, 12);
});

test('a direction that changes nothing is as impure as can be', async () => {
  const still = { ...same, pictures: async () => codes };
  expect((await traversed(still, codes, rows(1, 0), 1, toFloat64)).purity).toBe(0.5);
});

test('directions drawn within a span are orthonormal, and stay in it', () => {
  const plane = matrix(Float64Array.of(1, 0, 0, 0, 1, 0), 2, 3);
  const { data } = turnedWithin(plane, 2, Random.fromSeed(1));
  expect([data[2], data[5]]).toEqual([0, 0]);
  expect(data[0] * data[3] + data[1] * data[4]).toBeCloseTo(0, 14);
  expect(data[0] ** 2 + data[1] ** 2).toBeCloseTo(1, 14);
});

test('a decoder gives the pictures that its autoencoder rebuilds', async () => {
  const points = squares(40, Random.fromSeed(2));
  const options = {
    loss: 'vae',
    dim: 3,
    hidden: 8,
    steps: 5,
    embedding: 'reconstruction',
  } as const;
  const { model } = await autoencoder({ points }, options, { engine: referenceEngine });
  const rebuilt = await autoencoder.embed(model, { points }, { engine: referenceEngine });
  const codesAlone = { ...model, settings: { ...model.settings, embedding: 'code' } };
  const decoder = decoderOf(codesAlone, referenceEngine);
  const found = await decoder.pictures(await decoder.codes(points));
  // Float32, in another order of the same sums.
  for (const [e, x] of found.data.entries()) expect(x).toBeCloseTo(rebuilt.points.data[e], 5);
  expect([decoder.weight.rows, decoder.weight.cols]).toEqual([8, 3]);
});

test('the relative spread of equal numbers is 0', () => {
  expect(relativeSpread(Float64Array.of(2, 2))).toBe(0);
  expect(relativeSpread(Float64Array.of(1, 3))).toBe(0.5);
});
