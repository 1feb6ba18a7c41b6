import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { sparseCost } from './sparse-cost.ts';

test('columns used alike cost the least: the mean squared over the columns', () => {
  const cost = sparseCost([25, 25, 25, 25], 100);
  expect(cost).toEqual({
    flops: 0.25,
    nonzeros: 1,
    heaviest: 0.25,
    flopsRatio: 1,
    evenness: 1,
    unused: 0,
  });
});

test('one column for all rows costs a multiplication for every pair', () => {
  const { flops, flopsRatio, evenness, unused } = sparseCost([10, 0, 0, 0], 10);
  expect([flops, flopsRatio, evenness, unused]).toEqual([1, 4, 0, 0.75]);
});

test('it is the number of columns that two rows share, on average over all pairs', () => {
  const random = Random.fromSeed(4);
  const rows = Array.from({ length: 30 }, () =>
    Array.from({ length: 8 }, (_, c) => (random.uniform() < (c + 1) / 12 ? 1 : 0)),
  );
  const counts = rows[0].map((_, c) => rows.reduce((sum, row) => sum + row[c], 0));
  let shared = 0;
  for (const a of rows)
    for (const b of rows) shared += a.filter((own, c) => own === 1 && b[c] === 1).length;
  expect(sparseCost(counts, 30).flops).toBeCloseTo(shared / 900, 12);
});

test('rows of zeros cost nothing', () => {
  const { flops, nonzeros, flopsRatio, unused } = sparseCost([0, 0], 5);
  expect([flops, nonzeros, flopsRatio, unused]).toEqual([0, 0, 1, 1]);
});
