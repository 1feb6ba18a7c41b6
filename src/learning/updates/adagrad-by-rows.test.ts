import { expect, test } from 'vitest';
import { taken } from '../../testing/update-steps.ts';
import { parameter } from '../tape/parameter.ts';
import { adagradByRows } from './adagrad-by-rows.ts';

const rule = adagradByRows({ learningRate: 0.5, epsilon: 0 });

test('the first step of a row has the root mean square η, and keeps the gradient’s direction', async () => {
  const x = parameter('x', new Float64Array(4), [2, 2]);
  await taken(rule, x, () => ({ data: Float64Array.of(3, 4, 0, -1e-6) }), { steps: 1 });
  const root = Math.sqrt(12.5);
  const expected = [(-0.5 * 3) / root, (-0.5 * 4) / root, 0, 0.5 * Math.SQRT2];
  for (const [e, value] of expected.entries()) expect(x.data[e]).toBeCloseTo(value, 15);
});

test('under a constant gradient step t has the length η/√t', async () => {
  const x = parameter('x', new Float64Array(1), [1, 1]);
  await taken(rule, x, () => ({ data: Float64Array.of(7) }), { steps: 4 });
  expect(x.data[0]).toBeCloseTo(-0.5 * (1 + 1 / Math.SQRT2 + 1 / Math.sqrt(3) + 0.5), 14);
});

test('a row keeps one number, of its own steps alone; a gradient of 0 leaves it without one', async () => {
  const x = parameter('x', new Float64Array(6), [3, 2], { byRows: true });
  const rows = Int32Array.of(0, 2);
  const { sums } = await taken(rule, x, () => ({ data: Float64Array.of(0, 0, 2, 4), rows }), {
    steps: 2,
  });
  expect(sums).toEqual(Float64Array.of(0, 0, 20));
  expect(x.data.slice(0, 4)).toEqual(new Float64Array(4));
});

test('a parameter of more axes has its first as rows', () => {
  const kernel = parameter('K', new Float32Array(24), [2, 3, 4]);
  const { sums } = rule.start(kernel);
  expect(sums).toHaveLength(2);
});
