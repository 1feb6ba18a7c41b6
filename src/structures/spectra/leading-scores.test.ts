import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { svd } from '../../numerics/decompositions/index.ts';
import { leadingScores } from './leading-scores.ts';

function normal(n: number, d: number) {
  const random = Random.fromSeed(3);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

for (const [n, d] of [
  [12, 5],
  [5, 12],
]) {
  test(`${n} × ${d}: the scores are U·Sᵖ of the singular value decomposition, up to signs`, async () => {
    const points = normal(n, d);
    const { u, s } = svd(points);
    for (const power of [0, 0.5, 1]) {
      const { scores, singularValues } = await leadingScores(points, 3, power, referenceEngine);
      for (let k = 0; k < 3; k++) {
        expect(singularValues[k]).toBeCloseTo(s[k], 10);
        for (let i = 0; i < n; i++)
          expect(Math.abs(scores.data[3 * i + k])).toBeCloseTo(
            Math.abs(u.data[i * u.cols + k]) * s[k] ** power,
            8,
          );
      }
    }
  });
}

test('beyond the rank the scores are 0, and all directions hold all squares', async () => {
  const points = matrix(Float64Array.from([1, 2, 2, 4, 3, 6]), 3, 2);
  const { scores, share } = await leadingScores(points, 2, 0.5, referenceEngine);
  for (let i = 0; i < 3; i++) expect(scores.data[2 * i + 1]).toBe(0);
  expect(share).toBeCloseTo(1, 12);
});
