import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { linearSystem } from '../../numerics/solvers/linear-system.ts';
import { ridge } from './ridge.ts';

function problem(n: number, d: number, noise: number) {
  const random = Random.fromSeed(4);
  const points = matrix(
    Float64Array.from({ length: n * d }, () => random.normal() + 1),
    n,
    d,
  );
  const scores = Float64Array.from(
    { length: n },
    (_, i) => 2 * points.data[i * d] - points.data[i * d + 1] + noise * random.normal(),
  );
  return { points, scores };
}

/** (X₀ᵀX₀ + αI)⁻¹X₀ᵀy₀, of length 1, and the sum that generalized cross-validation makes least. */
function byHand({ points, scores }: ReturnType<typeof problem>, penalty: number) {
  const { data, rows: n, cols: d } = centered(points);
  const mean = scores.reduce((sum, y) => sum + y / n, 0);
  const gram = (a: number, b: number) =>
    Array.from({ length: n }, (_, i) => data[i * d + a] * data[i * d + b]).reduce(
      (s, x) => s + x,
      0,
    );
  let alpha = 0;
  for (let c = 0; c < d; c++) alpha += (penalty * gram(c, c)) / d;
  const columns = Array.from({ length: d }, (_, a) =>
    Float64Array.from({ length: d }, (_, b) => gram(a, b) + (a === b ? alpha : 0)),
  );
  const system = linearSystem(columns);
  const hat = (y: ArrayLike<number>) => {
    const right = Float64Array.from({ length: d }, (_, c) =>
      Array.from(y).reduce((sum, own, i) => sum + own * data[i * d + c], 0),
    );
    const weights = system?.solution(right) ?? right;
    const fit = Array.from({ length: n }, (_, i) =>
      weights.reduce((sum, w, c) => sum + w * data[i * d + c], 0),
    );
    return { weights, fit };
  };
  const y = scores.map((own) => own - mean);
  const { weights, fit } = hat(y);
  let freedom = 1;
  for (let i = 0; i < n; i++)
    freedom += hat(Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))).fit[i];
  const rest = y.reduce((sum, own, i) => sum + (own - fit[i]) ** 2, 0);
  const length = Math.hypot(...weights);
  return { weights: weights.map((w) => w / length), loss: rest / n / (1 - freedom / n) ** 2 };
}

describe('ridge', () => {
  for (const [n, d] of [
    [30, 4],
    [6, 9],
  ]) {
    test(`${n} × ${d}: the weights solve the normal equations`, async () => {
      const own = problem(n, d, 0.5);
      const { basis } = (await ridge(own, { penalty: 0.3, draws: 0 })).directions;
      const { weights } = byHand(own, 0.3);
      for (let c = 0; c < d; c++) expect(basis.data[c]).toBeCloseTo(weights[c], 10);
    });
  }

  test('no other penalty has less of what generalized cross-validation counts', async () => {
    const own = problem(20, 5, 3);
    const { facts } = (await ridge(own, { draws: 0 })).directions.provenance;
    const least = byHand(own, facts['penalty']).loss;
    for (const factor of [0.5, 0.75, 1.34, 2])
      expect(byHand(own, factor * facts['penalty']).loss).toBeGreaterThan(least);
  });

  test('a linear score is found, known to draws, and far from chance', async () => {
    const { basis, provenance } = (await ridge(problem(300, 6, 0.1))).directions;
    expect(basis.data[0]).toBeCloseTo(2 / Math.sqrt(5), 2);
    expect(basis.data[1]).toBeCloseTo(-1 / Math.sqrt(5), 2);
    expect(provenance.facts['spearman']).toBeGreaterThan(0.99);
    expect(provenance.facts['spearmanOfRandom']).toBeLessThan(0.9);
    expect(provenance.facts['stability']).toBeGreaterThan(0.99);
  });

  test('two rows give their difference; constant columns weigh nothing', async () => {
    const points = matrix(Float64Array.of(1, 7, 4, 7), 2, 2);
    const { basis } = (await ridge({ points, scores: [3, 5] })).directions;
    expect(Array.from(basis.data)).toEqual([1, 0]);
  });

  test('equal scores, missing ones and rows without a spread are refused in a sentence', async () => {
    const points = matrix(Float64Array.of(1, 2, 3, 4), 2, 2);
    await expect(ridge({ points, scores: [1, 1] })).rejects.toThrow(
      'ridge: every score is 1; a direction needs two that differ.',
    );
    await expect(ridge({ points, scores: [1, NaN] })).rejects.toThrow(
      'ridge: the score of row 1 is NaN.',
    );
    const same = matrix(Float64Array.of(1, 2, 1, 2), 2, 2);
    await expect(ridge({ points: same, scores: [1, 2] })).rejects.toThrow(
      'ridge: the direction "score" has length 0: the rows it is fitted to do not differ along it.',
    );
  });
});
