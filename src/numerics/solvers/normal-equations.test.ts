import { expect, test } from 'vitest';
import { solvedNormalEquations } from './normal-equations.ts';

test('solves by the lower triangle alone', () => {
  // [[4, 2], [2, 3]] x = [8, 7]: x = (1.25, 1.5).
  const b = Float64Array.of(8, 7);
  solvedNormalEquations(Float64Array.of(4, Number.NaN, 2, 3), b);
  expect(b[0]).toBeCloseTo(1.25, 14);
  expect(b[1]).toBeCloseTo(1.5, 14);
});
