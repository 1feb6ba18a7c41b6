import { expect, test } from 'vitest';
import { constant, evaluate } from '../../learning/index.ts';
import { codeLoss, softmaxOfStability } from './multi-view-hash.ts';

test('weights of views have the mean 1, and less change weighs more', () => {
  const [a, b, c] = softmaxOfStability([0.1, 0.2, 0.6]);
  expect((a + b + c) / 3).toBeCloseTo(1, 12);
  expect(a > b && b > c).toBe(true);
  // A quotient of two weights is exp of the difference of the changes over their mean, 0.3.
  expect(a / c).toBeCloseTo(Math.exp(0.5 / 0.3), 12);
});

test('views that change alike, or not at all, weigh the same', () => {
  expect(softmaxOfStability([0.4, 0.4])).toEqual([1, 1]);
  expect(softmaxOfStability([0, 0, 0])).toEqual([1, 1, 1]);
});

test('the loss of two rows of two classes with opposite bits is log(1 + e^−½)', async () => {
  const h = constant(Float32Array.of(1, -1), [2, 1]);
  const [loss] = await evaluate(codeLoss(h, Int32Array.of(0, 1), Int32Array.of(3, 4)));
  // Full signs and balanced bits cost nothing; in float32.
  expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-0.5)), 6);
});

test('bits that are not full or not balanced cost more', async () => {
  const of = async (...bits: number[]) => {
    const h = constant(Float32Array.from(bits), [2, 1]);
    return (await evaluate(codeLoss(h, Int32Array.of(0, 1), Int32Array.of(3, 4))))[0];
  };
  const best = await of(1, -1);
  expect(await of(0.5, -0.5)).toBeGreaterThan(best);
  expect(await of(1, 1)).toBeGreaterThan(best);
});
