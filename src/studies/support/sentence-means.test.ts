import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { sentenceMeans } from './sentence-means.ts';

test('frequent words count less, unknown ones not at all', () => {
  const vectors = matrix(Float64Array.of(1, 0, 0, 1), 2, 2);
  const { data } = sentenceMeans(['The cat?', 'the, the', 'zzz'], [0, 1], ['the', 'cat'], vectors);
  const [the, cat] = [0.001 / (0.001 + 3 / 4), 0.001 / (0.001 + 1 / 4)];
  for (const [e, x] of [the / 2, cat / 2, the, 0, 0, 0].entries())
    expect(data[e]).toBeCloseTo(x, 8);
});
