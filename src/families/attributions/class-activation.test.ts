import { describe, expect, test } from 'vitest';
import { classActivation } from './class-activation.ts';

describe('class-activation', () => {
  const a = [
    [1, 0],
    [0, 1],
    [3, 0],
  ];
  const b = [
    [1, 0],
    [0, 1],
  ];

  test('the score is that of the pooled tokens, and the bias belongs to none', async () => {
    const split = await classActivation({ a, b, bias: [0.5, 2], query: { b: 1 } });
    expect(split.score).toBeCloseTo(1 / 3 + 2, 12);
    expect(split.constant).toBe(2);
    expect(Array.from(split.contributions.values, (x) => 3 * x)).toEqual([0, 1, 0]);
  });

  test('refuses a class that is not there, and a bias for other classes', async () => {
    await expect(classActivation({ a, b, query: { b: 2 } })).rejects.toThrow(
      'class-activation, query: names row 2 of B, which has 2 rows.',
    );
    await expect(classActivation({ a, b, bias: [1], query: { b: 0 } })).rejects.toThrow(
      'class-activation, bias: expected 2 numbers, one for each row of B; got 1.',
    );
  });
});
