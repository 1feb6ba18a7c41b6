import { describe, expect, test } from 'vitest';
import { matrix, zeros64 } from '../../core/matrix.ts';
import { svd } from '../../numerics/decompositions/svd.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { decoder } from './decoder.ts';

describe('directions of a decoder', () => {
  test('they are the right singular vectors of the weight, up to signs', async () => {
    const weight = normalMatrix(12, 5, 1);
    const { directions } = await decoder({ points: weight }, { count: 5, draws: 0 });
    const { v, s } = svd(weight);
    for (let k = 0; k < 5; k++) {
      let along = 0;
      for (let c = 0; c < 5; c++) along += v.data[c * 5 + k] * directions.basis.data[k * 5 + c];
      expect(Math.abs(along)).toBeCloseTo(1, 10);
    }
    expect(directions.provenance.facts['share']).toBeCloseTo(1, 12);
    const one = await decoder({ points: weight }, { count: 1, draws: 0 });
    const squares = s.reduce((sum, x) => sum + x * x, 0);
    expect(one.directions.provenance.facts['share']).toBeCloseTo(s[0] ** 2 / squares, 12);
  });

  test('Jacobians one below the other: eigenvectors of the sum of JᵀJ', async () => {
    const [first, second] = [normalMatrix(6, 3, 2), normalMatrix(6, 3, 3)];
    const stacked = matrix(Float64Array.of(...first.data, ...second.data), 12, 3);
    const { basis } = (await decoder({ points: stacked }, { count: 1, draws: 0 })).directions;
    const sum = zeros64(3, 3);
    for (let i = 0; i < 12; i++)
      for (let e = 0; e < 9; e++)
        sum.data[e] += stacked.data[i * 3 + Math.floor(e / 3)] * stacked.data[i * 3 + (e % 3)];
    const turned = [0, 1, 2].map((a) =>
      [0, 1, 2].reduce((to, b) => to + sum.data[a * 3 + b] * basis.data[b], 0),
    );
    const ratio = turned[0] / basis.data[0];
    for (const [a, x] of turned.entries()) expect(x).toBeCloseTo(ratio * basis.data[a], 10);
  });

  test('with center, codes away from 0 give the direction in which they differ', async () => {
    const codes = matrix(Float64Array.of(9, 0, 9, 1, 9, 5), 3, 2);
    const of = async (center: boolean) =>
      (await decoder({ points: codes }, { count: 1, center, draws: 0 })).directions;
    expect(Array.from((await of(true)).basis.data, Math.abs)).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(1, 12),
    ]);
    expect((await of(true)).origin).toEqual(Float64Array.of(9, 2));
    expect((await of(false)).basis.data[0]).toBeGreaterThan(0.9);
    expect((await of(false)).origin).toEqual(Float64Array.of(0, 0));
  });

  test('it points to the longer tail, whatever the sign of the solver', async () => {
    const weight = matrix(Float64Array.of(-4, 0, 1, 0, 1, 0.1), 3, 2);
    const { basis } = (await decoder({ points: weight }, { count: 1, draws: 0 })).directions;
    expect(basis.data[0]).toBeLessThan(-0.99);
  });

  test('more directions than the rank, and a matrix of zeros, are refused in a sentence', async () => {
    const line = matrix(Float64Array.of(1, 1, 2, 2), 2, 2);
    await expect(decoder({ points: line }, { count: 2 })).rejects.toThrow(
      'decoder: option "count" must be at most 1, the rank of the matrix; got 2.',
    );
    await expect(decoder({ points: zeros64(3, 2) }, { count: 1 })).rejects.toThrow(
      'decoder: option "count" must be at most 0, the rank of the matrix; got 1.',
    );
  });
});
