import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { sparseMatrix } from '../../../core/sparse.ts';
import { chosenQueries, queryCount } from './chosen-queries.ts';

const points = matrix(Float32Array.of(0, 1, 2, 3, 4), 5, 1);

test('points, sets, sparse rows and texts: the chosen ones, in their order', () => {
  expect([...(chosenQueries({ points }, [3, 1]).points?.data ?? [])]).toEqual([3, 1]);
  const sets = chosenQueries({ points, offsets: Int32Array.of(0, 2, 3, 5) }, [2, 0]);
  expect([[...(sets.points?.data ?? [])], [...(sets.offsets ?? [])]]).toEqual([
    [3, 4, 0, 1],
    [0, 2, 4],
  ]);
  const entries = [
    { row: 0, column: 2, value: 5 },
    { row: 2, column: 0, value: 6 },
    { row: 2, column: 1, value: 7 },
  ];
  const sparse = sparseMatrix(3, 3, entries);
  const chosen = chosenQueries({ sparse }, [2]).sparse;
  expect(chosen).toEqual(
    sparseMatrix(1, 3, [
      { row: 0, column: 0, value: 6 },
      { row: 0, column: 1, value: 7 },
    ]),
  );
  expect(chosenQueries({ texts: ['a', 'b', 'c'] }, [2, 0]).texts).toEqual(['c', 'a']);
});

test('how many there are', () => {
  const offsets = Int32Array.of(0, 2, 3, 5);
  expect([{ points }, { points, offsets }, { texts: ['a'] }, {}].map(queryCount)).toEqual([
    5, 3, 1, 0,
  ]);
});
