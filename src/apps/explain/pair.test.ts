import { expect, test } from 'vitest';
import { zeros } from '../../core/matrix.ts';
import { fromRows } from '../../testing/points.ts';
import { explainPair } from './pair.ts';

const points = fromRows([
  [1, 0],
  [0, 1],
]);

test('contributions sum to the cosine of the mean parts, the largest first', async () => {
  const { score, contributions } = await explainPair({ points }, { points: fromRows([[2, 0]]) });
  expect(score).toBeCloseTo(Math.SQRT1_2, 12);
  expect(contributions).toEqual([
    { a: 0, b: 0, value: expect.closeTo(Math.SQRT1_2, 12) },
    { a: 1, b: 0, value: 0 },
  ]);
});

test('so many pairs that nobody reads them are refused before any work', async () => {
  const many = { points: zeros(2000, 2) };
  await expect(explainPair(many, many)).rejects.toThrow(
    'explain pair: 2,000 and 2,000 parts are 4,000,000 pairs; 2,000,000 at most can be told one by one: take larger parts, or fewer.',
  );
});
