import { expect, test } from 'vitest';
import { constant, evaluate } from '../../../learning/index.ts';
import { predictionEntropy } from './prediction-entropy.ts';

test('even logits have the entropy log c, sure ones none', async () => {
  const entropyOf = async (...logits: number[]) =>
    (
      await evaluate(predictionEntropy(constant(Float64Array.from(logits), [2, logits.length / 2])))
    )[0];
  expect(await entropyOf(1, 1, 1, 5, 5, 5)).toBeCloseTo(Math.log(3), 12);
  expect(await entropyOf(200, 0, 0, 200)).toBeCloseTo(0, 12);
  expect(await entropyOf(3, 3, 200, 0)).toBeCloseTo(Math.log(2) / 2, 12);
});
