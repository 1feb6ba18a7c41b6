import { expect, test } from 'vitest';
import { fromRows } from '../../testing/points.ts';
import { guardedSteps, guardRows } from './guard.ts';

const points = fromRows([
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 0],
  [0, 1, 1],
  [0, 1, -1],
]);
const concepts = fromRows([[3, 0, 0]]);

test('one flagged row of its set: mass goes, neutral rows stay', async () => {
  const told = await guardRows({ points, concepts, offsets: [0, 3, 5] });
  expect(told.sets.map(({ flagged }) => flagged)).toEqual([[2], []]);
  // (1, 1, 1) has a third of its square on the concept.
  expect(told.sets[0].massBefore).toBeCloseTo(1 / 3, 12);
  expect([told.flagged, told.conceptMassAfter, told.neutralCosine]).toEqual([1, 0, 1]);
  expect(told.conceptMassBefore).toBeCloseTo(1 / 6, 12);
  // The row that is flagged becomes 0: of three cosines one is 0.
  expect(told.sets[0].beta).toBeCloseTo(1 / 3, 12);
});

test('rows of a document need not stand together: the same is told, in the order of the rows', async () => {
  const order = [3, 0, 4, 1, 2];
  const documents = ['q', 'p', 'q', 'p', 'p'];
  const mixed = fromRows(order.map((i) => [...points.data.subarray(3 * i, 3 * i + 3)]));
  const told = await guardRows({ points: mixed, concepts, documents });
  const sorted = await guardRows({ points, concepts, offsets: [0, 3, 5] });
  expect(told.sets.map(({ first, rows, flagged }) => [first, rows, flagged])).toEqual([
    [0, 2, []],
    [1, 3, [4]],
  ]);
  expect([...told.points.data]).toEqual(
    order.flatMap((i) => [...sorted.points.data.subarray(3 * i, 3 * i + 3)]),
  );
  await expect(guardRows({ points: mixed, concepts, documents: ['p'] })).rejects.toThrow(
    'explain guard: expected a document for each of the 5 rows; got 1.',
  );
});

test('rows said to be neutral are the ones whose cosine is told', async () => {
  const neutral = [false, false, true, false, false];
  const { neutralCosine, projectedCosine } = await guardRows({
    ...{ points, concepts, neutral },
    offsets: [0, 3, 5],
  });
  expect([neutralCosine, projectedCosine]).toEqual([0, 0]);
});

test('a generator sees the filtered set in more steps the more it changed', () => {
  expect(guardedSteps(0)).toBe(0);
  expect(guardedSteps(0.5333)).toBe(5);
  expect(guardedSteps(1)).toBe(10);
});
