import { expect, test } from 'vitest';
import { verdictOf } from './verdict.ts';

const at = (low: number) => ({ value: low + 0.1, low, high: low + 0.2 });

test('the low ends of the intervals decide', () => {
  expect(verdictOf({ recallAt1: at(0.8), recallAt10: at(0.8) })).toBe('use');
  expect(verdictOf({ recallAt1: at(0.79), recallAt10: at(0.8) })).toBe('use-for-recall');
  expect(verdictOf({ recallAt1: at(0.1), recallAt10: at(0.79) })).toBe('do-not-use');
});
