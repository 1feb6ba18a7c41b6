import { expect, test } from 'vitest';
import { quickExp } from './quick-exp.ts';

test('is eˣ within 1e-13 relative, down to where float64 loses digits', () => {
  for (let i = 0; i <= 7000; i++) {
    const x = -0.1 * i + 0.01 * Math.sin(i);
    expect(Math.abs(quickExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
  }
});

test('is exact at 0, 0 far below, and goes on above 0', () => {
  expect(quickExp(0)).toBe(1);
  expect(quickExp(-709)).toBe(0);
  expect(quickExp(-Infinity)).toBe(0);
  expect(quickExp(NaN)).toBeNaN();
  expect(quickExp(1e-9)).toBeCloseTo(1 + 1e-9, 15);
});
