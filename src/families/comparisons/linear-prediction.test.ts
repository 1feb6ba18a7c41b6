import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { leastSquares } from '../../numerics/solvers/lasso-path.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { normalMatrix, product, transpose } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import { linearPrediction } from './linear-prediction.ts';
import { unitMatching } from './unit-matching.ts';

const run = { engine: referenceEngine };

/** Each row left out, fitted to the others and predicted, one by one. */
function byHand(a: Matrix, b: Matrix): number {
  const n = a.rows;
  const withOne = matrix(
    Float64Array.from({ length: n * (a.cols + 1) }, (_, at) => {
      const [i, c] = [Math.floor(at / (a.cols + 1)), at % (a.cols + 1)];
      return c === 0 ? 1 : a.data[i * a.cols + c - 1];
    }),
    n,
    a.cols + 1,
  );
  const all = Array.from({ length: a.cols + 1 }, (_, c) => c);
  let mean = 0;
  for (let j = 0; j < b.cols; j++) {
    let [left, total] = [0, 0];
    for (let i = 0; i < n; i++) {
      const others = Array.from({ length: n }, (_, r) => r).filter((r) => r !== i);
      const x = gathered(withOne, others);
      const y = matrix(
        Float64Array.from(others, (r) => b.data[r * b.cols + j]),
        n - 1,
        1,
      );
      const beta = leastSquares(product(transpose(x), x), product(transpose(x), y).data, all);
      const guess = all.reduce(
        (sum, c) => sum + (beta?.[c] ?? NaN) * withOne.data[i * (a.cols + 1) + c],
        0,
      );
      const average = y.data.reduce((sum, v) => sum + v, 0) / (n - 1);
      left += (b.data[i * b.cols + j] - guess) ** 2;
      total += (b.data[i * b.cols + j] - average) ** 2;
    }
    mean += (1 - left / total) / b.cols;
  }
  return mean;
}

describe('linear-prediction', () => {
  test('is R² with each row left out, fitted one by one', async () => {
    const { a, b } = relatedPair(20, 3, 2, 1);
    expect((await linearPrediction({ a, b }, {}, run)).value).toBeCloseTo(byHand(a, b), 9);
  });

  test('a turned copy is predicted wholly, though its columns do not match', async () => {
    const a = normalMatrix(200, 8, 1);
    const b = turned(a, rotation(8, 2));
    expect((await linearPrediction({ a, b }, {}, run)).value).toBeCloseTo(1, 10);
    expect((await unitMatching({ a, b }, {}, run)).value).toBeLessThan(0.8);
  });

  test('unrelated rows: about 0, within the null; noise of equal variance: about a half', async () => {
    const none = await linearPrediction(independentPair(200, 4, 4, 3), {}, run);
    expect(Math.abs(none.value)).toBeLessThan(0.08);
    expect(none.null?.pValue).toBeGreaterThan(0.02);
    const a = normalMatrix(500, 4, 4);
    const e = normalMatrix(500, 4, 5);
    const b = matrix(
      a.data.map((x, i) => x + e.data[i]),
      500,
      4,
    );
    const { low = 1, high = 0 } = await linearPrediction({ a, b }, {}, run);
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.48);
    expect(high - low).toBeLessThan(0.15);
  });

  test('a unit that is on in one row only does no harm', async () => {
    const a = normalMatrix(50, 3, 6);
    for (let i = 0; i < 50; i++) a.data[3 * i + 2] = i === 7 ? 5 : 0;
    const b = turned(a, rotation(3, 7));
    const { value } = await linearPrediction({ a, b }, {}, run);
    expect(value).toBeGreaterThan(0.4);
    expect(value).toBeLessThan(1);
  });

  test('too few rows are said', async () => {
    const { value, warnings } = await linearPrediction(independentPair(5, 6, 2, 1), {}, run);
    expect(value).toBeNaN();
    expect(warnings).toEqual([
      'the rows of A have as many directions as 5 rows can: more rows are needed.',
    ]);
  });
});

describeComparisonLaws(linearPrediction, {
  ignores: ['scale', 'shift', 'columns'],
  same: 1,
  symmetric: false,
});
