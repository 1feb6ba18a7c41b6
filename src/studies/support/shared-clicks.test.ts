import { expect, test } from 'vitest';
import { meanCosine } from './shared-clicks.ts';

test('the mean |cosine| of the fields asked for, unit by unit', () => {
  // Two units that read three fields of two columns.
  const weights = Float64Array.of(1, 0, 0, 2, -3, 0, 1, 1, 1, -1, 1, 0);
  expect(meanCosine(weights, 3, [0, 1], 2)).toBeCloseTo(0, 15);
  // Cosines −1 and 1/√2 of the first and the third field.
  expect(meanCosine(weights, 3, [0, 2], 2)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 15);
  const all = (0 + 1 + 0 + 0 + Math.SQRT1_2 + Math.SQRT1_2) / 6;
  expect(meanCosine(weights, 3, [0, 1, 2], 2)).toBeCloseTo(all, 15);
});
