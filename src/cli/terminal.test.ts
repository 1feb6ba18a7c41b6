import { expect, test } from 'vitest';
import { remarksOnce } from './terminal.ts';

test('a remark on many numbers is said once, with at most three of their names', () => {
  const left = '10 rows have no class.';
  const remarks = ['nc1', 'nc2', 'nc3', 'nc4', 'silhouette'].map((id) => `${id}: ${left}`);
  expect(remarksOnce(['class-rank: too low.', ...remarks])).toEqual([
    'class-rank: too low.',
    `nc1, nc2, nc3 and 2 more: ${left}`,
  ]);
  expect(remarksOnce(['nc1: a.', 'nc2: a.', 'nc1: b.'])).toEqual(['nc1, nc2: a.', 'nc1: b.']);
  expect(remarksOnce(['1 row is not finite: the numbers are of the others.'])).toEqual([
    '1 row is not finite: the numbers are of the others.',
  ]);
});
