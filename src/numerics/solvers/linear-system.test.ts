import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearSystem } from './linear-system.ts';

test('both solutions satisfy their equations', () => {
  const entry = fc.double({ min: -1, max: 1, noNaN: true });
  const problem = fc
    .integer({ min: 1, max: 12 })
    .chain((n) =>
      fc.tuple(
        fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
        fc.array(entry, { minLength: n, maxLength: n }),
      ),
    );
  fc.assert(
    fc.property(problem, ([entries, b]) => {
      // A diagonal of n + 1 beside entries of at most 1 keeps the system far from singular.
      const columns = entries.map((column, j) =>
        Float64Array.from(column, (x, i) => (i === j ? columnsDiagonal(entries.length) + x : x)),
      );
      const system = linearSystem(columns);
      if (!system) throw new Error('singular');
      const x = system.solution(b);
      const y = system.transposedSolution(b);
      for (let i = 0; i < b.length; i++) {
        expect(columns.reduce((sum, column, j) => sum + column[i] * x[j], 0)).toBeCloseTo(b[i], 12);
        expect(columns[i].reduce((sum, entry, j) => sum + entry * y[j], 0)).toBeCloseTo(b[i], 12);
      }
    }),
    { seed: 1 },
  );
});

const columnsDiagonal = (n: number): number => n + 1;

test('rows are exchanged where a pivot is 0', () => {
  const system = linearSystem([Float64Array.of(0, 1), Float64Array.of(2, 0)]);
  expect(Array.from(system?.solution([4, 3]) ?? [])).toEqual([3, 2]);
  expect(Array.from(system?.transposedSolution([3, 4]) ?? [])).toEqual([2, 3]);
});

test('equal columns make no system', () => {
  expect(linearSystem([Float64Array.of(1, 2), Float64Array.of(1, 2)])).toBeUndefined();
});
