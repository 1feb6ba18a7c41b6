import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { normalMatrix, product, transpose } from '../../testing/matrices.ts';
import { lassoPath, leastSquares } from './lasso-path.ts';

const identity = (d: number) =>
  matrix(
    Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0)),
    d,
    d,
  );

/** G and c of n random rows with one target that some columns make. */
function problem(n: number, d: number, seed: number, weights: readonly number[]) {
  const x = normalMatrix(n, d, seed);
  const noise = normalMatrix(n, 1, seed + 100).data;
  const y = matrix(
    noise.map((e, i) => weights.reduce((sum, w, j) => sum + w * x.data[i * d + j], e)),
    n,
    1,
  );
  return { gram: product(transpose(x), x), cross: product(transpose(x), y).data };
}

/** c − Gβ. */
function gradient({ data, rows: d }: Matrix, cross: Float64Array, beta: Float64Array) {
  return cross.map((c, j) => beta.reduce((left, b, i) => left - data[j * d + i] * b, c));
}

describe('lassoPath', () => {
  test('orthonormal columns: soft thresholds, in the order of their sizes', () => {
    const { active, coefficients, penalty } = lassoPath(identity(4), [3, -5, 1, 0.5], 2);
    expect(active).toEqual([1, 0]);
    expect(penalty).toBeCloseTo(1, 12);
    expect(coefficients[0]).toBeCloseTo(-4, 12);
    expect(coefficients[1]).toBeCloseTo(2, 12);
  });

  test.each([1, 2, 3, 4, 5])('the conditions of an optimum hold on random problem %i', (seed) => {
    const d = 12;
    const { gram, cross } = problem(30, d, seed, [2, -1, 0.5]);
    for (const most of [1, 3, 6, 11]) {
      const { active, coefficients, penalty } = lassoPath(gram, cross, most);
      expect(active.length).toBeLessThanOrEqual(most);
      const beta = new Float64Array(d);
      for (const [a, j] of active.entries()) beta[j] = coefficients[a];
      const slopes = gradient(gram, cross, beta);
      for (let j = 0; j < d; j++) {
        expect(Math.abs(slopes[j])).toBeLessThanOrEqual(penalty * (1 + 1e-8));
        if (Math.abs(beta[j]) > 1e-9)
          expect(slopes[j]).toBeCloseTo(Math.sign(beta[j]) * penalty, 6);
      }
    }
  });

  test('without a limit it ends in least squares', () => {
    const { gram, cross } = problem(40, 5, 6, [1, 1]);
    const { active, coefficients, penalty } = lassoPath(gram, cross, 5);
    expect(penalty).toBeCloseTo(0, 8);
    const all = leastSquares(gram, cross, active);
    for (const [a, value] of coefficients.entries()) expect(value).toBeCloseTo(all?.[a] ?? NaN, 6);
  });

  test('a copy of a column and a constant one stay out', () => {
    const x = normalMatrix(20, 2, 7);
    const rows = matrix(
      Float64Array.from({ length: 80 }, (_, at) => {
        const [i, c] = [Math.floor(at / 4), at % 4];
        return c === 3 ? 0 : x.data[2 * i + (c === 2 ? 0 : c)];
      }),
      20,
      4,
    );
    const y = matrix(
      Float64Array.from({ length: 20 }, (_, i) => 2 * x.data[2 * i] - x.data[2 * i + 1]),
      20,
      1,
    );
    const gram = product(transpose(rows), rows);
    const cross = product(transpose(rows), y).data;
    const { active } = lassoPath(gram, cross, 4);
    expect(active).not.toContain(3);
    expect(active.filter((j) => j === 0 || j === 2)).toHaveLength(1);
    expect(leastSquares(gram, cross, [0, 2])).toBeUndefined();
  });

  test('nothing to predict, or no column allowed: nothing', () => {
    expect(lassoPath(identity(2), [0, 0], 2).active).toEqual([]);
    expect(lassoPath(identity(2), [1, 2], 0).active).toEqual([]);
  });
});
