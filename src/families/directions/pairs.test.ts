import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { pairs } from './pairs.ts';

const points = matrix(Float64Array.of(0, 0, 1, 0, 0, 5, 1, 6), 4, 2);

describe('pairs', () => {
  test('the mean difference, 0 at the mean of the rows', async () => {
    const { basis, origin } = (await pairs({ points, pairs: { a: [0, 2], b: [1, 3] } })).directions;
    // (1, 0) and (1, 1)
    expect(basis.data[0]).toBeCloseTo(2 / Math.sqrt(5), 14);
    expect(basis.data[1]).toBeCloseTo(1 / Math.sqrt(5), 14);
    expect(origin).toEqual(Float64Array.of(0.5, 2.75));
  });

  test('the singular vector is the eigenvector of the differences, on the side of their mean', async () => {
    const options = { by: 'singular', draws: 3 } as const;
    const { basis } = (await pairs({ points, pairs: { a: [0, 2], b: [1, 3] } }, options))
      .directions;
    // DᵀD = [[2, 1], [1, 1]]: the golden ratio.
    const golden = (1 + Math.sqrt(5)) / 2;
    expect(basis.data[0] / basis.data[1]).toBeCloseTo(golden, 12);
    expect(basis.data[0]).toBeGreaterThan(0);
  });

  test('more pairs than columns go by the products of the columns, to the same axis', async () => {
    const given = { a: [0, 2, 0, 2], b: [1, 3, 1, 3] };
    const { basis } = (await pairs({ points, pairs: given }, { by: 'singular' })).directions;
    expect(basis.data[0] / basis.data[1]).toBeCloseTo((1 + Math.sqrt(5)) / 2, 12);
  });

  test('pairs of equal rows, and of rows that are not there, are refused', async () => {
    await expect(pairs({ points, pairs: { a: [1], b: [1] } })).rejects.toThrow(
      'pairs: the direction "a → b" has length 0',
    );
    await expect(pairs({ points, pairs: { a: [1], b: [9] } })).rejects.toThrow(
      'pairs: the pairs name row 9; there are 4 rows, from 0.',
    );
    await expect(pairs({ points, pairs: { a: [1], b: [] } })).rejects.toThrow(
      'pairs: expected one pair or more of rows; got 1 and 0 rows.',
    );
  });
});
