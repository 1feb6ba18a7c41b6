import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import { meanCca } from './mean-cca.ts';
import { pwcca } from './pwcca.ts';

const run = { engine: referenceEngine };

describe('pwcca', () => {
  test('weighs the directions that carry the space: a loud shared column and a faint one of noise', async () => {
    const shared = normalMatrix(150, 1, 1);
    const side = (seed: number) => {
      const noise = normalMatrix(150, 1, seed);
      return fromRows(
        Array.from({ length: 150 }, (_, i) => [10 * shared.data[i], 0.1 * noise.data[i]]),
      );
    };
    const pair = { a: side(2), b: side(3) };
    expect((await pwcca(pair, {}, run)).value).toBeGreaterThan(0.97);
    expect((await meanCca(pair, {}, run)).value).toBeLessThan(0.65);
  });
});

describeComparisonLaws(pwcca, {
  ignores: ['rotation', 'shift', 'linear'],
  same: 1,
  symmetric: false,
});
