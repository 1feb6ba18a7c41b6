import { expect, test } from 'vitest';
import { constant, evaluate, normalizeRows, softmax } from '../../../learning/index.ts';
import { gradientRatios } from '../../../testing/gradient-check.ts';
import { rateReduction } from './rate-reduction.ts';

test('its gradient in rows and memberships passes the Taylor check', async () => {
  const ratios = await gradientRatios(
    (z, logits) => rateReduction(normalizeRows(z), softmax(logits), 0.5),
    [
      [6, 3],
      [6, 2],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('two classes at two axes: −½ ln(9/5) at ε² = ½', async () => {
  const z = constant(Float64Array.of(1, 0, 1, 0, 0, 1, 0, 1), [4, 2]);
  const [own] = await evaluate(rateReduction(z, z, 0.5));
  expect(own).toBeCloseTo(-0.5 * Math.log(9 / 5), 12);
});

test('one class of all rows reduces nothing', async () => {
  const z = constant(Float64Array.of(1, 0, 0.6, 0.8, 0, 1), [3, 2]);
  const [own] = await evaluate(rateReduction(z, constant(Float64Array.of(1, 1, 1), [3, 1]), 0.5));
  expect(own).toBeCloseTo(0, 12);
});

test('memberships of other rows are refused', async () => {
  const z = constant(new Float64Array(6).fill(1), [3, 2]);
  await expect(
    evaluate(rateReduction(z, constant(new Float64Array(2), [2, 1]), 0.5)),
  ).rejects.toThrow('membershipRateReduction: expected weights of 3 rows in classes; got 2 × 1.');
});
