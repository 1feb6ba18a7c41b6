import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, relatedPair } from '../../testing/comparison-laws.ts';
import { rsa } from './rsa.ts';
import {
  dissimilarities,
  pairCorrelation,
  permutedCorrelation,
} from './support/dissimilarities.ts';
import { createPair } from './support/pair.ts';

describe('rsa', () => {
  test('variance under all permutations of six rows is Mantel’s', async () => {
    const { a, b } = relatedPair(6, 2, 3, 2);
    const rows = Int32Array.from([0, 1, 2, 3, 4, 5]);
    const pair = createPair('rsa', { a, b }, { rows: 'paired', columns: 'any' }, referenceEngine);
    const x = await dissimilarities(pair, 'a', rows, 'euclidean', false);
    const y = await dissimilarities(pair, 'b', rows, 'euclidean', false);
    const { mean, sd } = permutedCorrelation(x, y, 6, Random.fromSeed(0));
    let [sum, squares, count] = [0, 0, 0];
    for (let code = 0; code < 6 ** 6; code++) {
      const order = Array.from({ length: 6 }, (_, i) => Math.floor(code / 6 ** i) % 6);
      if (new Set(order).size < 6) continue;
      const permuted = Float64Array.from(x, (_, at) => {
        const i = Math.floor((1 + Math.sqrt(1 + 8 * at)) / 2);
        const j = at - (i * (i - 1)) / 2;
        const [p, q] = [Math.max(order[i], order[j]), Math.min(order[i], order[j])];
        return y[(p * (p - 1)) / 2 + q];
      });
      const { value } = pairCorrelation(x, permuted, 6);
      sum += value;
      squares += value * value;
      count++;
    }
    expect(count).toBe(720);
    expect(sum / 720).toBeCloseTo(mean, 12);
    expect(Math.sqrt(squares / 720)).toBeCloseTo(sd, 12);
  });
});

describeComparisonLaws(rsa, { ignores: ['rotation', 'scale', 'columns'], same: 1 });
