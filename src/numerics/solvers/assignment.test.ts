import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { assignRows } from './assignment.ts';

/** The least cost over all injections, by trying them. */
function bruteForce(cost: number[][], row = 0, used = new Set<number>()): number {
  if (row === cost.length) return 0;
  let best = Infinity;
  for (let j = 0; j < cost[row].length; j++) {
    if (used.has(j)) continue;
    used.add(j);
    best = Math.min(best, cost[row][j] + bruteForce(cost, row + 1, used));
    used.delete(j);
  }
  return best;
}

const of = (cost: number[][]) =>
  matrix(Float64Array.from(cost.flat()), cost.length, cost[0].length);

test('three of the four men in the example of Kuhn 1955 get a job they qualify for', () => {
  // The Hungarian method for the assignment problem, section 2: 1 where qualified.
  const ratings = [
    [1, 1, 1, 0],
    [0, 0, 1, 1],
    [0, 0, 0, 1],
    [0, 0, 0, 1],
  ];
  expect(-assignRows(of(ratings.map((row) => row.map((value) => -value)))).cost).toBe(3);
});

test('the cost is the least over all assignments', () => {
  const costs = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
    .chain(([n, extra]) =>
      fc.array(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n + extra, maxLength: n + extra }),
        { minLength: n, maxLength: n },
      ),
    );
  fc.assert(
    fc.property(costs, (cost) => {
      const { columns, cost: found } = assignRows(of(cost));
      expect(new Set(columns).size).toBe(cost.length);
      expect(found).toBe(bruteForce(cost));
    }),
  );
});

test('adding a number to a row changes no choice', () => {
  const cost = [
    [4, 1.5, 3],
    [2, 0.25, 5],
    [3, 2, 2.75],
  ];
  const shifted = cost.map((row, i) => row.map((value) => value + 10 * i));
  expect(assignRows(of(shifted)).columns).toEqual(assignRows(of(cost)).columns);
});

test('more rows than columns, and costs that are not numbers, get a sentence', () => {
  expect(() => assignRows(of([[1], [2]]))).toThrow(
    'assignRows: expected at least as many columns as rows; got 2 × 1.',
  );
  expect(() => assignRows(of([[NaN]]))).toThrow('assignRows: every cost must be finite.');
});
