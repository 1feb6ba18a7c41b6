import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import {
  constant,
  linear,
  parameter,
  sgd,
  square,
  subtract,
  sum,
  train,
} from '../../../learning/index.ts';
import { symmetricEigenvalues } from '../../../numerics/decompositions/index.ts';
import { predictSteps } from './predict-steps.ts';

/** Rows whose correlation of views is diagonal: ± √(m γ_c) on each axis in turn. */
function axes(gammas: readonly number[]): Matrix<Float64Array> {
  const m = gammas.length;
  const data = new Float64Array(m * m);
  gammas.forEach((gamma, c) => {
    data[c * m + c] = Math.sqrt(m * gamma);
  });
  return matrix(data, m, m);
}

const gammas = [2, 1, 0.5];
const GAMMA = constant(Float64Array.of(2, 0, 0, 0, 1, 0, 0, 0, 0.5), [3, 3]);
const views = axes(gammas);

/** Eigenvalues of WΓWᵀ after gradient descent from W, 2 × 3, for a time. */
async function descended(start: Float64Array, time: number): Promise<Float64Array> {
  const learningRate = 0.0005;
  const weight = parameter('W', start.slice(), [2, 3]);
  const identity = constant(Float64Array.of(1, 0, 0, 1), [2, 2]);
  const steps = Math.round(time / learningRate);
  await train({
    steps,
    engine: referenceEngine,
    update: sgd({ learningRate }),
    loss: () => sum(square(subtract(linear(linear(weight, GAMMA), weight), identity))),
  });
  const w = weight.data;
  const at = (a: number, b: number) =>
    gammas.reduce((total, gamma, c) => total + gamma * w[a * 3 + c] * w[b * 3 + c], 0);
  return symmetricEigenvalues(
    matrix(Float64Array.of(at(0, 0), at(0, 1), at(1, 0), at(1, 1)), 2, 2),
  );
}

describe('predictSteps', () => {
  test('finds the correlation of two views, symmetrised, and the largest eigenvalues of it', () => {
    const { eigenvalues, modes } = predictSteps(views, views, { dim: 2, initial: 0.01 });
    expect(Array.from(eigenvalues)).toEqual([
      expect.closeTo(2, 12) as number,
      expect.closeTo(1, 12) as number,
    ]);
    expect(Array.from(modes.data, Math.abs)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test('a mode begins at γs(0)², is half way at its time, and ends at 1', () => {
    const initial = 0.001;
    const { times, at } = predictSteps(views, views, { dim: 3, initial });
    expect(Array.from(at(0))).toEqual(
      gammas.map((gamma) => expect.closeTo(gamma * initial ** 2, 15) as number),
    );
    times.forEach((time, j) => {
      expect(time).toBeCloseTo(-Math.log(gammas[j] * initial ** 2) / (8 * gammas[j]), 10);
      // Half of 1 up to the 1/(1 + (1/a − 1)·a) = 1/(2 − a) of the start.
      expect(at(time)[j]).toBeCloseTo(0.5, 5);
      expect(at(1e6)[j]).toBe(1);
    });
  });

  test('a mode without correlation never rises', () => {
    const { times, at } = predictSteps(axes([1, 0]), axes([1, 0]), { dim: 2, initial: 0.1 });
    expect(times[1]).toBe(Number.POSITIVE_INFINITY);
    expect(at(1e3)[1]).toBeLessThan(1e-9);
  });

  test('gradient descent from aligned modes follows the law', async () => {
    const start = Float64Array.of(0.05, 0, 0, 0, 0.05, 0);
    const { at } = predictSteps(views, views, { dim: 2, initial: matrix(start, 2, 3) });
    for (const time of [0.2, 0.35, 0.6, 1]) {
      const [found, said] = [await descended(start, time), at(time)];
      // Steps of 0.0005 are off the flow by about 4γ·0.0005 of a rise.
      found.forEach((value, j) => {
        expect(value).toBeCloseTo(said[j], 2);
      });
    }
  });

  test('from random weights the second mode is half way near its time', async () => {
    const random = Random.fromSeed(3);
    const start = Float64Array.from({ length: 6 }, () => 1e-3 * random.normal());
    const { times, initial } = predictSteps(views, views, {
      dim: 2,
      initial: matrix(start, 2, 3),
    });
    expect(initial[0]).toBeCloseTo(Math.hypot(start[0], start[3]), 12);
    expect((await descended(start, 0.8 * times[1]))[1]).toBeLessThan(0.5);
    expect((await descended(start, 1.2 * times[1]))[1]).toBeGreaterThan(0.5);
  });

  test('says what does not fit', () => {
    expect(() => predictSteps(views, axes([1, 1]), { dim: 1, initial: 1 })).toThrow(
      'predictSteps: expected two views of one shape, 3 × 3; got 2 × 2.',
    );
    expect(() => predictSteps(views, views, { dim: 4, initial: 1 })).toThrow(
      'predictSteps: option "dim" must be a whole number in 1 … 3; got 4.',
    );
    expect(() => predictSteps(views, views, { dim: 2, initial: 0 })).toThrow(
      'predictSteps: option "initial" must be a size above 0; got 0.',
    );
    expect(() => predictSteps(views, views, { dim: 2, initial: views })).toThrow(
      'predictSteps: expected initial weights of 2 × 3; got 3 × 3.',
    );
  });
});
