import { expect, test } from 'vitest';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { doublyStochastic } from './doubly-stochastic.ts';
import { matmul } from './matmul.ts';

test('its gradient passes the Taylor check, at products of rows', async () => {
  const ratios = await gradientRatios(
    (c) => doublyStochastic(matmul(c, c, { transposeB: true }), { entropy: 1, tolerance: 1e-13 }),
    [[4, 3]],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('rows alike get equal shares, and sums are 1', async () => {
  const same = await evaluate(
    doublyStochastic(constant(new Float64Array(9).fill(2), [3, 3]), { entropy: 0.5 }),
  );
  for (const share of same) expect(share).toBeCloseTo(1 / 3, 12);
});

test('two rows at right angles: Γ₁₁ = 1/(1 + e^(−1/η))', async () => {
  const identity = constant(Float64Array.of(1, 0, 0, 1), [2, 2]);
  const [own, other] = await evaluate(doublyStochastic(identity, { entropy: 0.25 }));
  expect(own).toBeCloseTo(1 / (1 + Math.exp(-4)), 9);
  expect(other).toBeCloseTo(1 - own, 9);
});

test('only the symmetric part counts', async () => {
  const half = constant(Float64Array.of(1, 0, 0.6, 1), [2, 2]);
  const whole = constant(Float64Array.of(1, 0.3, 0.3, 1), [2, 2]);
  const of = (a: typeof half) => evaluate(doublyStochastic(a, { entropy: 0.5 }));
  expect(await of(half)).toEqual(await of(whole));
});

test('refuses what is not square', () => {
  expect(() => doublyStochastic(constant(new Float64Array(6), [2, 3]), { entropy: 1 })).toThrow(
    'doublyStochastic: expected a square matrix; got 2 × 3.',
  );
});
