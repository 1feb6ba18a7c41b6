import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sparseMatrix } from '../../core/sparse.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import {
  decoded,
  firstAutoencoder,
  latentsOf,
  namedFeatures,
  pressureTo,
  revivalOf,
  varianceExplained,
} from './index.ts';

describe('the network', () => {
  test('a unit decoder begins on the sphere, as the encoder; a tied one is the encoder', () => {
    const sizes = { latents: 5, cols: 3 };
    const unit = firstAutoencoder(sizes, 'unit', Random.fromSeed(1));
    expect(unit.decoder.data).toEqual(unit.weight.data);
    for (let j = 0; j < 5; j++)
      expect(Math.hypot(...unit.decoder.data.subarray(3 * j, 3 * j + 3))).toBeCloseTo(1, 6);
    expect(unit.decoder.manifold?.id).toBe('sphere');
    const tied = firstAutoencoder(sizes, 'tied', Random.fromSeed(1));
    expect(tied.decoder).toBe(tied.weight);
  });

  test('latents are W(x − b) + a, and are decoded by Dᵀz + b', async () => {
    const net = firstAutoencoder({ latents: 2, cols: 2 }, 'free', Random.fromSeed(1));
    net.weight.data.set([1, 0, 0, 2]);
    net.decoder.data.set([1, 1, 0, 1]);
    net.center.data.set([1, 1]);
    net.bias.data.set([0.5, 0]);
    const x = constant(Float32Array.of(3, 4), [1, 2]);
    expect(await evaluate(latentsOf(net, x))).toEqual(Float32Array.of(2.5, 6));
    const z = constant(Float32Array.of(1, 2), [1, 2]);
    expect(await evaluate(decoded(net, z))).toEqual(Float32Array.of(2, 4));
  });
});

test('a latent is revived once it was in no code for more steps than allowed', () => {
  const net = firstAutoencoder({ latents: 2, cols: 2 }, 'unit', Random.fromSeed(1));
  const revival = revivalOf(2, { auxiliaryWeight: 1, auxiliaryLatents: 4, deadAfter: 1 });
  const x = constant(Float32Array.of(3, 4), [1, 2]);
  const loss = () => revival.loss(net, latentsOf(net, x), x, x);
  expect(loss()).toBeUndefined();
  revival.note([1, 0], 0.5);
  expect(loss()).toBeUndefined();
  revival.note([1, 0], 0.5);
  expect(loss()?.shape).toEqual([]);
  revival.note([1, 1], 0.5);
  expect(loss()).toBeUndefined();
});

test('pressure rises with too many numbers above 0 and falls with too few', () => {
  const pressure = pressureTo({ latents: 4, nonzeros: 1, weight: 1 });
  pressure.note([1, 1, 1, 0], { step: 1, steps: 10 });
  expect(pressure.weight).toBeGreaterThan(1);
  const before = pressure.weight;
  pressure.note([0, 0, 0, 0], { step: 2, steps: 10 });
  expect(pressure.weight).toBeLessThan(before);
});

test('features stand by the sum of their squares, named by the labels of the rows that have most', () => {
  const codes = sparseMatrix(3, 3, [
    { row: 0, column: 2, value: 1 },
    { row: 1, column: 2, value: 3 },
    { row: 2, column: 0, value: 2 },
  ]);
  const [first, second] = namedFeatures(codes, ['cat', 'dog', 'pear']);
  expect([first.feature, first.name, first.rows]).toEqual([2, 'feature 1: dog, cat', 2]);
  expect([second.feature, second.name]).toEqual([0, 'feature 2: pear']);
});

test('codes that rebuild every row explain all of the variance, none explain nothing about the mean', () => {
  const rows = matrix(Float64Array.of(1, 0, -1, 0), 2, 2);
  const dictionary = {
    directions: matrix(Float64Array.of(1, 0, -1, 0), 2, 2),
    origin: new Float64Array(2),
  };
  const whole = sparseMatrix(2, 2, [
    { row: 0, column: 0 },
    { row: 1, column: 1 },
  ]);
  expect(varianceExplained(dictionary, rows, whole)).toBe(1);
  expect(varianceExplained(dictionary, rows, sparseMatrix(2, 2, []))).toBe(0);
});
