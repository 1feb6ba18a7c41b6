import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { factsOf } from './facts.ts';

const table = {
  points: matrix(new Float32Array(6).fill(1), 3, 2),
  columns: {
    year: ['1999', ' 2001.5 ', '1e3'],
    rating: ['4', '', 'NA'],
    topic: ['4', 'x', '5'],
    count: Float64Array.of(1, NaN, 3),
  },
};
const flags = { metrics: 'all', null: 'uniform', engine: 'auto' } as const;

test('scores and frequencies are columns of numbers, in text files too; what is missing is NaN', async () => {
  const facts = await factsOf(table, { ...flags, scores: 'year', frequencies: 'count' });
  expect(facts.scores).toEqual(Float64Array.of(1999, 2001.5, 1000));
  expect(facts.frequencies).toBe(table.columns.count);
  const { scores } = await factsOf(table, { ...flags, scores: 'rating' });
  expect(scores).toEqual(Float64Array.of(4, NaN, NaN));
});

test('a column with a word is refused, and so is one that is not there', async () => {
  await expect(factsOf(table, { ...flags, scores: 'topic' })).rejects.toThrow(
    'measure: option "scores" must be a column of numbers; got "topic".',
  );
  await expect(factsOf(table, { ...flags, scores: 'none' })).rejects.toThrow(
    'one of year, rating, topic, count',
  );
});
