import { expect, test } from 'vitest';
import { toyLoss } from './subspace-toy.ts';

test('ten constraints are met in ten directions and not in nine', async () => {
  expect(await toyLoss(10, 3)).toBeLessThan(1e-12);
  expect(await toyLoss(9, 3)).toBeGreaterThan(0.01);
});

test('fewer directions leave no less', async () => {
  // Σ i² of 1 … 10 is what is left where nothing moves.
  expect(await toyLoss(1, 3)).toBeLessThanOrEqual(385);
  expect(await toyLoss(1, 3)).toBeGreaterThan(await toyLoss(9, 3));
});
