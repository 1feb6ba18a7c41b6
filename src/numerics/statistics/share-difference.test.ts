import { expect, test } from 'vitest';
import { shareDifference } from './intervals.ts';

test('the difference of shares has the interval of Newcombe’s table II', () => {
  // Cases (a), 56/70 against 48/80, and (b), 9/10 against 3/10; method 10.
  const first = shareDifference(56 / 70, 70, 48 / 80, 80);
  expect([first.low, first.high].map((x) => x.toFixed(4))).toEqual(['0.0524', '0.3339']);
  const second = shareDifference(9 / 10, 10, 3 / 10, 10);
  expect([second.low, second.high].map((x) => x.toFixed(4))).toEqual(['0.1705', '0.8090']);
});
