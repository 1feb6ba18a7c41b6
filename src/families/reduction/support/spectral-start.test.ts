import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { spectralVectors } from './spectral-start.ts';

const tick = async () => {};

/** A ring of n rows with weights 1. */
function ringEdges(n: number) {
  return {
    n,
    heads: Int32Array.from({ length: n }, (_, i) => Math.min(i, (i + 1) % n)),
    tails: Int32Array.from({ length: n }, (_, i) => Math.max(i, (i + 1) % n)),
    weights: new Float64Array(n).fill(1),
  };
}

test('a path’s first vector is its cosine wave', async () => {
  const n = 40;
  const path = {
    n,
    heads: Int32Array.from({ length: n - 1 }, (_, i) => i),
    tails: Int32Array.from({ length: n - 1 }, (_, i) => i + 1),
    weights: new Float64Array(n - 1).fill(1),
  };
  const { data } = await spectralVectors(path, 1, Random.fromSeed(1), tick);
  // Eigenvectors of the walk on a path with ends of degree 1: cos(πi/(n − 1)), times the root of the degree.
  const wave = Array.from(
    { length: n },
    (_, i) => Math.cos((Math.PI * i) / (n - 1)) * Math.sqrt(i === 0 || i === n - 1 ? 1 : 2),
  );
  const length = Math.hypot(...wave);
  const agreement = wave.reduce((sum, x, i) => sum + (x / length) * data[i], 0);
  expect(Math.abs(agreement)).toBeCloseTo(1, 10);
});

test('a row’s columns are orthonormal, and orthogonal to the trivial vector', async () => {
  const n = 31;
  const { data } = await spectralVectors(ringEdges(n), 2, Random.fromSeed(2), tick);
  const column = (c: number) => Array.from({ length: n }, (_, i) => data[i * 2 + c]);
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const [first, second] = [column(0), column(1)];
  expect(dot(first, first)).toBeCloseTo(1, 12);
  expect(dot(first, second)).toBeCloseTo(0, 10);
  expect(dot(first, new Array(n).fill(1))).toBeCloseTo(0, 10);
});

test('more columns than a graph has vectors are zeros', async () => {
  const pair = {
    n: 2,
    heads: Int32Array.of(0),
    tails: Int32Array.of(1),
    weights: Float64Array.of(1),
  };
  const { data } = await spectralVectors(pair, 3, Random.fromSeed(3), tick);
  expect(Math.abs(data[0])).toBeCloseTo(Math.SQRT1_2, 12);
  expect([...data.subarray(1, 3), ...data.subarray(4)]).toEqual([0, 0, 0, 0]);
});
