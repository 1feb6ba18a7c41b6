import { expect, test } from 'vitest';
import { agreementOf } from './partitions.ts';

const of = (...groups: number[]) => Int32Array.from(groups);

test('groups of other names agree in all', () => {
  const { accuracy, mutualInformation } = agreementOf(of(2, 2, 0, 1), of(0, 0, 1, 2));
  expect(accuracy).toBe(1);
  expect(mutualInformation).toBeCloseTo(1, 12);
});

test('one group for two classes finds half, and nothing by information', () => {
  expect(agreementOf(of(0, 0, 0, 0), of(0, 0, 1, 1))).toEqual({
    accuracy: 0.5,
    mutualInformation: 0,
  });
});

test('one class cut in two: I = log 2, entropies log 2 and 3/2·log 2', () => {
  const { accuracy, mutualInformation } = agreementOf(of(0, 0, 1, 2), of(0, 0, 1, 1));
  expect(accuracy).toBe(0.75);
  expect(mutualInformation).toBeCloseTo(2 / (1 + 1.5), 12);
});

test('the matching is the best of all, not the largest counts in turn', () => {
  // Group 0 has 3 rows of class 0 and 3 of class 1; group 1 has 2 of class 0.
  const { accuracy } = agreementOf(of(0, 0, 0, 0, 0, 0, 1, 1), of(0, 0, 0, 1, 1, 1, 0, 0));
  expect(accuracy).toBe(5 / 8);
});

test('two trivial partitions agree', () => {
  expect(agreementOf(of(0, 0), of(0, 0))).toEqual({ accuracy: 1, mutualInformation: 1 });
});
