import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import fixture from './fixtures/logistic.fixture.json' with { type: 'json' };
import { logisticRegression, logisticScores, softmaxRowsInPlace } from './logistic.ts';

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, x, e) => Math.max(most, Math.abs(x - b[e])), 0);
}

describe(`logistic regression beside ${fixture.library}`, () => {
  for (const { name, n, d, k, data, classes, penalty, ...expected } of fixture.cases) {
    test(`${name}: weights, intercepts and probabilities agree to 1e-6`, () => {
      const rows = matrix(Float64Array.from(data), n, d);
      const model = logisticRegression(rows, classes, k, {
        penalty,
        rowWeights: expected.rowWeights ?? undefined,
      });
      expect(model.isReached).toBe(true);
      const { weights, intercepts } = model;
      const isBinary = k === 2;
      const own = isBinary
        ? weights.data.subarray(d).map((w, c) => w - weights.data[c])
        : weights.data;
      expect(furthest(own, expected.weights)).toBeLessThan(1e-6);
      const offsets = isBinary ? [intercepts[1] - intercepts[0]] : intercepts;
      expect(furthest(offsets, expected.intercepts)).toBeLessThan(1e-6);
      const scores = logisticScores(model, rows);
      softmaxRowsInPlace(scores);
      expect(furthest(scores.data, expected.probabilities)).toBeLessThan(1e-6);
    });
  }
});

describe('logistic regression', () => {
  test('one column of two values gives the log-odds where there is hardly a penalty', () => {
    const x = matrix(Float64Array.of(1, 1, 1, -1, -1, -1), 6, 1);
    const model = logisticRegression(x, [1, 1, 0, 0, 0, 1], 2, { penalty: 1e-9 });
    const { data } = logisticScores(model, x);
    expect(data[1] - data[0]).toBeCloseTo(Math.log(2), 6);
  });

  test('separable classes end where penalty and loss balance', () => {
    const x = matrix(Float64Array.of(-1, 1), 2, 1);
    const { weights } = logisticRegression(x, [0, 1], 2, { penalty: 1e-3 });
    const w = weights.data[1] - weights.data[0];
    // λw = 2/(1 + eʷ)
    expect(1e-3 * w).toBeCloseTo(2 / (1 + Math.exp(w)), 10);
  });

  test('constant columns and a class without rows leave all finite', () => {
    const x = matrix(Float64Array.of(1, 0, 1, 1, 1, 2), 3, 2);
    const { weights, intercepts } = logisticRegression(x, [0, 1, 1], 3, { penalty: 1 });
    expect(weights.data.every(Number.isFinite) && intercepts.every(Number.isFinite)).toBe(true);
  });

  test('rows wider than the square preconditioner takes: the weights are the pull of the rows over λ', () => {
    const random = Random.fromSeed(2);
    const [n, d, penalty] = [12, 1100, 50];
    const rows = matrix(
      Float64Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    const classes = Array.from({ length: n }, (_, i) => i % 3);
    const model = logisticRegression(rows, classes, 3, { penalty });
    expect(model.isReached).toBe(true);
    const shares = logisticScores(model, rows);
    softmaxRowsInPlace(shares);
    // Where the gradient is 0, λw = Σ (1[own] − share)·x.
    const pull = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      const slope = (classes[i] === 0 ? 1 : 0) - shares.data[3 * i];
      for (let c = 0; c < d; c++) pull[c] += (slope * rows.data[i * d + c]) / penalty;
    }
    expect(furthest(pull, model.weights.data.subarray(0, d))).toBeLessThan(1e-8);
  });
});
