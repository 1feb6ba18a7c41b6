import { expect, test } from 'vitest';
import { withinRange } from './range.ts';

test('an interval ends where its range does', () => {
  const found = withinRange({ value: 0.1, low: -0.8, high: 1.57, how: 'so' }, [-1, 1]);
  expect(found).toEqual({ value: 0.1, low: -0.8, high: 1, how: 'so' });
});

test('rounding beyond an end is taken back, more than that is not hidden', () => {
  expect(withinRange({ value: 1.0000000074 }, [0, 1])).toEqual({ value: 1 });
  expect(withinRange({ value: 1.01 }, [0, 1]).value).toBe(1.01);
  expect(withinRange({ value: NaN }, [0, 1]).value).toBeNaN();
  expect(withinRange({ value: 2, low: NaN, high: NaN }, [0, 3])).toEqual({ value: 2 });
  expect(withinRange({ value: -3 }, [-Infinity, Infinity]).value).toBe(-3);
});
