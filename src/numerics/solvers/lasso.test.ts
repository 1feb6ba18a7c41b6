import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { gramOf } from './alternating-least-squares.ts';
import { lasso } from './lasso.ts';
import { lassoPath } from './lasso-path.ts';

const END = { sweeps: 5000, tolerance: 1e-14 };

test('agrees with the path of least angle regression at its penalties', () => {
  const random = Random.fromSeed(1);
  const x = matrix(
    Float64Array.from({ length: 240 }, () => random.normal()),
    40,
    6,
  );
  const gram = gramOf(x);
  const cross = Float64Array.from({ length: 6 }, () => 10 * random.normal());
  for (const most of [1, 2, 4]) {
    const { active, coefficients, penalty } = lassoPath(gram, cross, most);
    const beta = lasso(gram, cross, penalty, END);
    active.forEach((column, a) => {
      expect(beta[column]).toBeCloseTo(coefficients[a], 8);
    });
  }
});

test('uncorrelated columns: soft thresholding; a column of zeros has no coefficient', () => {
  const gram = matrix(Float64Array.of(2, 0, 0, 0, 1, 0, 0, 0, 0), 3, 3);
  expect([...lasso(gram, [3, -0.5, 0], 1, END)]).toEqual([1, 0, 0]);
});
