import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import { buresWasserstein } from './bures-wasserstein.ts';

const run = { engine: referenceEngine };

describe('bures-wasserstein', () => {
  test('a shift by s is a distance of s; a factor of 2, the standard deviation', async () => {
    const a = normalMatrix(50, 2, 1);
    const shifted = { ...a, data: a.data.map((x, i) => x + (i % 2 === 0 ? 3 : 4)) };
    expect((await buresWasserstein({ a, b: shifted }, {}, run)).value).toBeCloseTo(5, 10);
    const line = fromRows([[-1], [1]]);
    const wide = fromRows([[-2], [2]]);
    expect((await buresWasserstein({ a: line, b: wide }, {}, run)).value).toBeCloseTo(
      Math.SQRT2,
      12,
    );
  });

  test('two sets of one law have about the null', async () => {
    let squares = 0;
    let chance = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { value, null: expected } = await buresWasserstein(
        independentPair(300, 4, 4, seed),
        {},
        run,
      );
      squares += value ** 2 / 20;
      chance += (expected?.value ?? NaN) ** 2 / 20;
    }
    expect(Math.abs(squares / chance - 1)).toBeLessThan(0.3);
  });
});

describeComparisonLaws(buresWasserstein, { ignores: [], same: 0 });
