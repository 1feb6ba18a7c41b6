import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sparseRepresenters } from './sparse-representers.ts';

/** Forty rows of ten columns, of which the first two make the targets. */
function planted() {
  const random = Random.fromSeed(1);
  const a = matrix(
    Float64Array.from({ length: 400 }, () => random.normal()),
    40,
    10,
  );
  const targets = Float64Array.from(
    { length: 40 },
    (_, i) => 2 * a.data[i * 10] - a.data[i * 10 + 1] + 0.1 * random.normal(),
  );
  return { a, targets, b: matrix(a.data.slice(0, 20), 2, 10), query: { b: 1 } };
}

describe('sparse-representers', () => {
  test('one column: soft thresholding, and each row contributes residual·θ·aᵢ·x/(nλ)', async () => {
    // mean(a²) = 2.5, mean(ay) = 5 → θ = (5 − 0.5)/2.5 = 1.8.
    const asked = { a: [[1], [2]], targets: [2, 4], b: [[3]], query: { b: 0 } };
    const { score, contributions } = await sparseRepresenters(asked, { penalty: 0.5 });
    expect(score).toBeCloseTo(5.4, 12);
    [0.2 * 1.8 * 3, 0.4 * 1.8 * 6].forEach((value, i) => {
      expect(contributions.values[i]).toBeCloseTo(value, 12);
    });
  });

  test('the columns that matter are kept, and rows sum to the prediction', async () => {
    const { facts, gap, contributions } = await sparseRepresenters(planted(), { penalty: 0.2 });
    expect(facts).toEqual({ columnsUsed: 2 });
    const size = contributions.values.reduce((sum, x) => sum + Math.abs(x), 0);
    expect(Math.abs(gap)).toBeLessThan(1e-9 * size);
  });

  test('fewer rows than columns, columns of zeros and equal columns', async () => {
    const a = [
      [1, 1, 0, 2, 1],
      [0, 0, 0, 1, 3],
    ];
    const asked = { a, targets: [1, -1], b: [[1, 1, 1, 1, 1]], query: { b: 0 } };
    const { gap, contributions } = await sparseRepresenters(asked, { penalty: 0.05 });
    const size = contributions.values.reduce((sum, x) => sum + Math.abs(x), 0);
    expect(Math.abs(gap)).toBeLessThan(1e-7 * size);
  });

  test('under a penalty above every correlation the model and all contributions are 0', async () => {
    const { score, contributions } = await sparseRepresenters(planted(), { penalty: 100 });
    expect(score).toBe(0);
    expect(contributions.values.every((value) => value === 0)).toBe(true);
  });
});
