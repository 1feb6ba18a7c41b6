import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { allowedFirsts, copiesOf, withoutCopies } from './copies.ts';

test('equal rows lead from the first to the last, and −0 equals 0', () => {
  const rows = matrix(Float32Array.of(1, 0, 2, 2, 1, -0, 3, 3, 1, 0), 5, 2);
  const { firsts, next } = copiesOf(rows);
  expect([...firsts]).toEqual([0, 1, 3]);
  expect([...(next ?? [])]).toEqual([2, -1, 4, -1, -1]);
});

test('where no two are equal there is nothing to follow', () => {
  expect(copiesOf(matrix(Float32Array.of(1, 2, 3), 3, 1)).next).toBeUndefined();
});

test('a first row may be met where any of its copies is allowed', () => {
  const next = Int32Array.of(2, -1, 4, -1, -1);
  const allowed = Uint8Array.of(0, 0, 0, 1, 1);
  expect([...allowedFirsts(allowed, next)]).toEqual([1, 0, 1, 1, 1]);
});

test('a row goes with all that equal it', () => {
  const next = Int32Array.of(2, -1, 3, -1);
  expect([...withoutCopies(Int32Array.of(0), next, 4)]).toEqual([0, 1, 0, 0]);
  expect([...withoutCopies(Int32Array.of(1), undefined, 3)]).toEqual([1, 0, 1]);
});
