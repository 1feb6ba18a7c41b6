import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import { cosineLoss, orderedPairs, orderLoss } from './losses.ts';

const pairs = { lower: Int32Array.of(1, 2, 1), higher: Int32Array.of(2, 5, 5) };

test('orderLoss has the gradient of its value', () =>
  expectGradient((s) => orderLoss(s, pairs, 1), [[3, 3]]));

test('orderLoss counts what is not in order by the margin, and nothing else', async () => {
  const products = known([1, 0.5, 0.4, 0.5, 1, 0.9, 0.4, 0.9, 1], [3, 3]);
  // 0.5 above 0.4 counts 0.1 + 0.2; 0.4 below 0.9 and 0.5 below 0.9 by more than 0.2 count 0.
  const [loss] = await numbersOf(orderLoss(products, pairs, 0.2));
  expect(loss).toBeCloseTo(0.3 / 3, 12);
});

test('orderLoss of no pairs is 0', async () => {
  const none = { lower: new Int32Array(0), higher: new Int32Array(0) };
  expect(await numbersOf(orderLoss(known([1, 0, 0, 1], [2, 2]), none, 0.2))).toEqual([0]);
});

test('cosineLoss of unit rows is the mean of 1 − cosine', async () => {
  const [x, y] = [known([1, 0, 0.6, 0.8], [2, 2]), known([0, 1, 0.6, 0.8], [2, 2])];
  expect((await numbersOf(cosineLoss(x, y)))[0]).toBeCloseTo(0.5, 12);
});

test('drawn pairs are of two different rows, in the order of the teacher', () => {
  const products = [9, 1, 2, 1, 9, 3, 2, 3, 9];
  const { lower, higher } = orderedPairs(products, 3, 200, Random.fromSeed(1));
  expect(lower.length).toBe(higher.length);
  lower.forEach((place, e) => {
    expect(products[place]).toBeLessThan(products[higher[e]]);
    expect(products[higher[e]]).toBeLessThan(9);
  });
  // Three products are drawn alike: a third of the draws are equal ones, which have no order.
  expect(lower.length).toBeGreaterThan(200 / 2);
  expect(lower.length).toBeLessThan(200 * 0.8);
});
