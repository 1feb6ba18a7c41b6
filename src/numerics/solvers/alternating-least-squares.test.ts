import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rowDot } from '../rows/dot.ts';
import { alternatingLeastSquares, balanced, gramOf } from './alternating-least-squares.ts';

const normal = (n: number, d: number, seed: number): Matrix<Float64Array> => {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
};
const end = { sweeps: 2000, tolerance: 1e-13 };

/** All places of diag(5, 2, 0.5). */
const diagonal = {
  a: [0, 0, 0, 1, 1, 1, 2, 2, 2],
  b: [0, 1, 2, 0, 1, 2, 0, 1, 2],
  values: [5, 0, 0, 0, 2, 0, 0, 0, 0.5],
};

describe('alternatingLeastSquares', () => {
  test('all entries seen: singular values lose λ, those below it vanish', async () => {
    const start = { p: normal(3, 3, 1), q: normal(3, 3, 2) };
    const { p, q } = await alternatingLeastSquares(diagonal, start, { ridge: 1, ...end });
    const wanted = [4, 1, 0];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        expect(rowDot(p, i, q, j)).toBeCloseTo(i === j ? wanted[i] : 0, 9);
  });

  test('rows and columns without entries become 0', async () => {
    const start = { p: normal(4, 2, 1), q: normal(5, 2, 2) };
    const { p, q } = await alternatingLeastSquares(diagonal, start, { ridge: 0.1, ...end });
    expect([...p.data.subarray(6), ...q.data.subarray(6)].every((x) => x === 0)).toBe(true);
  });

  test('the same start gives the same bytes, and is not changed', async () => {
    const start = { p: normal(3, 2, 1), q: normal(3, 2, 2) };
    const before = start.p.data.slice();
    const first = await alternatingLeastSquares(diagonal, start, { ridge: 1, ...end });
    expect(await alternatingLeastSquares(diagonal, start, { ridge: 1, ...end })).toEqual(first);
    expect(start.p.data).toEqual(before);
  });
});

test('balanced factors have the same product and equal diagonal Gram matrices', () => {
  const [p, q] = [normal(6, 3, 1), normal(4, 3, 2)];
  const even = balanced({ p, q });
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 4; j++)
      expect(rowDot(even.p, i, even.q, j)).toBeCloseTo(rowDot(p, i, q, j), 10);
  const [g, h] = [gramOf(even.p).data, gramOf(even.q).data];
  g.forEach((x, e) => {
    expect(x).toBeCloseTo(h[e], 9);
    if (e % 4 !== 0) expect(x).toBeCloseTo(0, 9);
  });
});
