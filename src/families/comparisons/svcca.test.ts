import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import { meanCca } from './mean-cca.ts';
import { svcca } from './svcca.ts';

const run = { engine: referenceEngine };

describe('svcca', () => {
  test('faint columns of noise do not lower it, as they lower mean CCA', async () => {
    const shared = normalMatrix(120, 3, 1);
    const withNoise = (seed: number) => {
      const noise = normalMatrix(120, 3, seed);
      const rows = Array.from({ length: 120 }, (_, i) => [
        ...shared.data.subarray(3 * i, 3 * i + 3),
        ...noise.data.subarray(3 * i, 3 * i + 3).map((x) => 0.01 * x),
      ]);
      return fromRows(rows);
    };
    const pair = { a: withNoise(5), b: withNoise(6) };
    expect((await svcca(pair, {}, run)).value).toBeCloseTo(1, 2);
    expect((await meanCca(pair, {}, run)).value).toBeLessThan(0.75);
  });
});

describeComparisonLaws(svcca, { ignores: ['rotation', 'scale', 'shift'], same: 1 });
