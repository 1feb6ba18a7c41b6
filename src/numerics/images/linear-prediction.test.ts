import { describe, expect, test } from 'vitest';
import { zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { cholesky, choleskySolve } from '../decompositions/index.ts';
import { causalNeighbors, type ImageShape, valuesOf } from './causal-neighbors.ts';
import { linearPredictor } from './linear-prediction.ts';

const ridge = 80 / 127.5;

function noise(shape: ImageShape, seed: number): Float64Array {
  const random = Random.fromSeed(seed);
  return Float64Array.from({ length: valuesOf(shape) }, () => 255 * random.uniform());
}

const coordinates = ({ width, channels }: ImageShape, at: number) => [
  Math.floor(at / (width * channels)),
  Math.floor(at / channels) % width,
  at % channels,
];

function distance(shape: ImageShape, i: number, j: number): number {
  const [a, b] = [coordinates(shape, i), coordinates(shape, j)];
  return a.reduce((sum, x, axis) => sum + Math.abs(x - b[axis]), 0);
}

/** The formula as the paper has it, with a loop over all pairs of values. */
function directly(image: Float64Array, shape: ImageShape, n: number): number[][] {
  const known = Array.from(image, (_, i) => {
    const before = Array.from({ length: i }, (__, j) => j);
    before.sort((a, b) => distance(shape, i, a) - distance(shape, i, b) || a - b);
    return Array.from({ length: n }, (__, a) => (a < i ? image[before[a]] : 0));
  });
  return Array.from(image, (_, i) => {
    const [matrix, target] = [zeros64(n, n), zeros64(n, 1)];
    for (let a = 0; a < n; a++) matrix.data[a * n + a] = ridge;
    for (let j = 0; j < i; j++) {
      const weight = 0.8 ** distance(shape, i, j);
      for (let a = 0; a < n; a++) {
        target.data[a] += weight * image[j] * known[j][a];
        for (let b = 0; b < n; b++) matrix.data[a * n + b] += weight * known[j][a] * known[j][b];
      }
    }
    return [...choleskySolve(cholesky(matrix), target).data];
  });
}

describe('causal neighbours', () => {
  test('are those of the authors’ own test: 2 × 1 × 3, two of each', () => {
    const places = causalNeighbors({ height: 2, width: 1, channels: 3 }, 2);
    expect([...places]).toEqual([-1, -1, 0, -1, 1, 0, 0, 1, 1, 3, 2, 4]);
  });

  test('of the middle of 3 × 3 are the left one, then those above', () => {
    const places = causalNeighbors({ height: 3, width: 3, channels: 1 }, 3);
    expect([...places.subarray(12, 15)]).toEqual([1, 3, 0]);
  });
});

describe('linear prediction', () => {
  for (const shape of [
    { height: 7, width: 6, channels: 1 },
    { height: 4, width: 5, channels: 3 },
    { height: 1, width: 9, channels: 1 },
    { height: 9, width: 1, channels: 2 },
  ]) {
    const { height, width, channels } = shape;
    test(`${height} × ${width} × ${channels}: weights are those of the double loop`, () => {
      const image = noise(shape, 1);
      const { weights } = linearPredictor(shape, { neighbors: 5, ridge })(image);
      const wanted = directly(image, shape, 5).flat();
      for (const [e, x] of weights.data.entries()) expect(x).toBeCloseTo(wanted[e], 9);
    });
  }

  test('the loss is that of the weights, and falls where neighbours join', () => {
    const shape = { height: 8, width: 8, channels: 1 };
    const image = noise(shape, 2);
    const total = (neighbors: number) =>
      linearPredictor(shape, { neighbors, ridge: 1e-6 })(image).losses.reduce((a, b) => a + b, 0);
    expect(total(4)).toBeLessThan(total(2));
    expect(total(8)).toBeLessThan(total(4));
    const { weights, losses } = linearPredictor(shape, { neighbors: 3, ridge })(image);
    const places = causalNeighbors(shape, 3);
    const last = 63;
    let loss = 0;
    for (let j = 0; j < last; j++) {
      let error = image[j];
      for (let a = 0; a < 3; a++)
        error -= places[3 * j + a] < 0 ? 0 : weights.data[3 * last + a] * image[places[3 * j + a]];
      loss += 0.8 ** distance(shape, last, j) * error ** 2;
    }
    expect(losses[last] / loss).toBeCloseTo(1, 9);
  });

  test('the first value and an image of zeros have weights of 0', () => {
    const shape = { height: 3, width: 3, channels: 1 };
    const predict = linearPredictor(shape, { neighbors: 2, ridge });
    expect(predict(new Float64Array(9)).weights.data.every((x) => x === 0)).toBe(true);
    expect([...predict(noise(shape, 3)).weights.data.subarray(0, 2)]).toEqual([0, 0]);
  });

  test('an image of another size is refused in one sentence', () => {
    const predict = linearPredictor({ height: 2, width: 2, channels: 1 }, { neighbors: 2, ridge });
    expect(() => predict(new Float64Array(5))).toThrow(
      'linear prediction: expected images of 4 values; got 5.',
    );
  });
});
