import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { gru } from './gru.ts';

test('it is differentiated through time, with a first state and without', async () => {
  const shapes = [[2, 4, 9], [9, 3], [9], [2, 3]];
  const withStart = await gradientRatios((u, w, c, s) => gru(u, w, c, s), shapes);
  const without = await gradientRatios((u, w, c) => gru(u, w, c), shapes.slice(0, 3));
  expect(Math.min(...withStart, ...without)).toBeGreaterThan(3.8);
});

test('one step by hand', async () => {
  const u = constant(Float64Array.of(0.3, -0.2, 0.5), [1, 1, 3]);
  const weight = constant(Float64Array.of(0.1, 0.4, -0.6), [3, 1]);
  const bias = constant(Float64Array.of(0.05, -0.1, 0.2), [3]);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const s = 0.7;
  const r = sigmoid(0.3 + 0.1 * s + 0.05);
  const z = sigmoid(-0.2 + 0.4 * s - 0.1);
  const n = Math.tanh(0.5 + r * (-0.6 * s + 0.2));
  const [next] = await evaluate(gru(u, weight, bias, constant(Float64Array.of(s), [1, 1])));
  expect(next).toBeCloseTo((1 - z) * n + z * s, 14);
});

test('without inputs and weights each step halves the state', async () => {
  const [u, weight, bias] = [[1, 3, 3], [3, 1], [3]].map((shape) =>
    constant(new Float64Array(shape.reduce((a, b) => a * b)), shape),
  );
  const start = constant(Float64Array.of(1), [1, 1]);
  expect(await evaluate(gru(u, weight, bias, start))).toEqual(Float64Array.of(0.5, 0.25, 0.125));
});

test('shapes that do not fit are named', () => {
  const u = constant(new Float32Array(12), [1, 2, 6]);
  const bias = constant(new Float32Array(6), [6]);
  expect(() => gru(u, constant(new Float32Array(9), [3, 3]), bias)).toThrow(
    'gru: expected weights of 6 × 2; got 3 × 3.',
  );
  expect(() => gru(constant(new Float32Array(8), [1, 2, 4]), bias, bias)).toThrow(
    'gru: expected gate inputs b × t × 3h, not empty; got 1 × 2 × 4.',
  );
});
