import { expect, test } from 'vitest';
import { matrix } from './matrix.ts';
import { requireSparse, sparseMatrix, sparseOf, sparseTimes, transposedSparse } from './sparse.ts';

const a = sparseMatrix(3, 2, [
  { row: 2, column: 1, value: 5 },
  { row: 0, column: 1 },
  { row: 2, column: 0, value: -1 },
]);

test('entries come row by row, columns ascending, 1 where there is no value', () => {
  expect(a.offsets).toEqual(Int32Array.of(0, 1, 1, 3));
  expect(a.columns).toEqual(Int32Array.of(1, 0, 1));
  expect(a.values).toEqual(Float64Array.of(1, -1, 5));
});

test('the transpose has the same entries, and its own transpose is the matrix', () => {
  const turned = transposedSparse(a);
  expect(turned).toEqual(
    sparseMatrix(2, 3, [
      { row: 1, column: 2, value: 5 },
      { row: 1, column: 0 },
      { row: 0, column: 2, value: -1 },
    ]),
  );
  expect(transposedSparse(turned)).toEqual(a);
});

test('entries outside, not finite or twice are refused', () => {
  expect(() => sparseMatrix(2, 2, [{ row: 2, column: 0 }])).toThrow(
    'sparseMatrix: entry 0 is 1 at (2, 0); expected a finite number in 2 rows and 2 columns.',
  );
  expect(() => sparseMatrix(2, 2, [{ row: 0, column: 0, value: Number.NaN }])).toThrow(
    'sparseMatrix: entry 0 is NaN at (0, 0)',
  );
  const twice = [
    { row: 1, column: 1 },
    { row: 1, column: 1, value: 2 },
  ];
  expect(() => sparseMatrix(2, 2, twice)).toThrow(
    'sparseMatrix: two entries at (1, 1); expected one.',
  );
});

test('a matrix whose parts do not fit is refused', () => {
  expect(() => requireSparse('here', { ...a, rows: 2 })).toThrow(
    'here: expected 3 offsets and as many columns as values; got 4 offsets, 3 columns and 3 values.',
  );
  expect(() => requireSparse('here', { ...a, offsets: Int32Array.of(0, 1, 1, 2) })).toThrow(
    'here: offsets must go from 0 to 3, the number of values.',
  );
  expect(() => requireSparse('here', { ...a, offsets: Int32Array.of(0, 2, 1, 3) })).toThrow(
    'here: offset 2, 1, is below the one before it.',
  );
});

test('the sparse rows of a matrix are its numbers that are not 0', () => {
  const { rows, cols, offsets, columns, values } = sparseOf(
    matrix(new Float32Array([0, 2, 0, 0, 0, 0, -1, 0, 0.5]), 3, 3),
  );
  expect([rows, cols, [...offsets]]).toEqual([3, 3, [0, 1, 1, 3]]);
  expect([[...columns], [...values]]).toEqual([
    [1, 0, 2],
    [2, -1, 0.5],
  ]);
});

test('the product with rows is that of sums in the order of the entries, bit for bit', () => {
  const [n, m, d] = [9, 8, 3];
  const x = Float64Array.from({ length: m * d }, (_, e) => Math.sqrt(e + 2));
  // Row i has i entries: rows are added four, two and one at a time.
  const entries = Array.from({ length: n }, (_, row) =>
    Array.from({ length: row }, (__, column) => ({ row, column, value: 1 / (row + column + 3) })),
  ).flat();
  const expected = new Float64Array(n * d);
  for (const { row, column, value } of entries)
    for (let c = 0; c < d; c++) expected[row * d + c] += value * x[column * d + c];
  const out = new Float64Array(n * d).fill(7);
  sparseTimes(sparseMatrix(n, m, entries), x, d, out);
  expect(out).toEqual(expected);
});
