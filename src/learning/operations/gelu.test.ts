import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { gelu } from './gelu.ts';

test('gelu has the gradient of its value', () => expectGradient((x) => gelu(x), [[3, 4]]));

test('the exact gelu has the gradient of its value', () =>
  expectGradient((x) => gelu(x, { exact: true }), [[3, 4]]));

test('the exact gelu of 1 is Φ(1), and of −1 is Φ(1) − 1', async () => {
  const [one, minusOne] = await numbersOf(gelu(known([1, -1]), { exact: true }));
  expect(one).toBeCloseTo(0.8413447460685429, 14);
  expect(minusOne).toBeCloseTo(0.8413447460685429 - 1, 14);
});

test('the tanh form is within 5e-4 of the exact one', async () => {
  const x = known(Array.from({ length: 201 }, (_, i) => (i - 100) / 20));
  const [fast, exact] = [await numbersOf(gelu(x)), await numbersOf(gelu(x, { exact: true }))];
  expect(Math.max(...fast.map((y, e) => Math.abs(y - exact[e])))).toBeLessThan(5e-4);
  expect(fast).not.toEqual(exact);
});

test('far from 0 it is max(x, 0)', async () => {
  const far = known([40, -40]);
  expect(await numbersOf(gelu(far))).toEqual([40, -0]);
  const [right, left] = await numbersOf(gelu(far, { exact: true }));
  expect(right).toBe(40);
  expect(Math.abs(left)).toBeLessThan(1e-300);
});
