import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { meanCca } from './mean-cca.ts';
import { turnedBlocks } from './support/haar.ts';

const run = { engine: referenceEngine };
const { linalg } = referenceEngine;

describe('mean-cca', () => {
  test('the mean of the squares has the exact mean max(dA, dB)/(n − 1) when one space is turned', async () => {
    const blocks = await turnedBlocks(39, { a: 4, b: 6 }, Random.fromSeed(1), linalg);
    let sum = 0;
    for (const { data } of blocks) for (const x of data) sum += x * x;
    const perDraw = sum / blocks.length;
    // E ‖block‖² = 4·6/39; its standard deviation over draws is below 0.2.
    expect(Math.abs(perDraw - 24 / 39)).toBeLessThan((4 * 0.2) / Math.sqrt(blocks.length));
  });

  test('independent rows are within the null, far above 0, with a warning', async () => {
    const {
      value,
      null: chance,
      warnings,
    } = await meanCca(independentPair(60, 10, 10, 2), {}, run);
    expect(value).toBeGreaterThan(0.25);
    expect(value).toBeGreaterThan((chance?.low ?? NaN) - 0.03);
    expect(value).toBeLessThan((chance?.high ?? NaN) + 0.03);
    expect(warnings[0]).toMatch(
      /^biased upward: 60 rows are fewer than 10 for each of 10 directions/,
    );
  });

  test('more directions than rows make correlations of 1, which is said', async () => {
    const { warnings } = await meanCca(independentPair(12, 8, 8, 1), {}, run);
    expect(warnings[0]).toMatch(/^12 rows in 8 and 8 directions make 5 correlations 1/);
  });

  test('one column each: the absolute correlation', async () => {
    const a = fromRows([[1], [2], [3], [4], [5]]);
    const b = fromRows([[5], [6], [7], [8], [7]]);
    expect((await meanCca({ a, b }, {}, run)).value).toBeCloseTo(0.8320502943378438, 12);
  });
});

describeComparisonLaws(meanCca, { ignores: ['rotation', 'shift', 'columns', 'linear'], same: 1 });
