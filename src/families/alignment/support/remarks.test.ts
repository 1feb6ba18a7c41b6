import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { remarksOn } from './remarks.ts';

test('two rows that differ in all columns, none zero, more than dimensions: nothing to say', () => {
  const rows = matrix(Float64Array.of(1, 2, 3), 3, 1);
  const own = Int32Array.of(0, 1, 2);
  const spaces = { a: rows, b: rows, paired: { a: rows, b: rows }, pairs: { a: own, b: own } };
  expect(remarksOn('test', spaces)).toEqual([]);
});

test('pairs that repeat others are counted in a sentence', () => {
  const rows = matrix(Float64Array.of(1, 2, 3, 1), 4, 1);
  const own = Int32Array.of(0, 1, 2, 0);
  const spaces = { a: rows, b: rows, paired: { a: rows, b: rows }, pairs: { a: own, b: own } };
  expect(remarksOn('test', spaces)).toEqual([
    '1 of 4 pairs repeat others: a pair counts as often as it stands there.',
  ]);
});
