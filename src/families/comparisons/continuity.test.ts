import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, relatedPair } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { continuity } from './continuity.ts';
import { trustworthiness } from './trustworthiness.ts';

const run = { engine: referenceEngine };

describe('continuity', () => {
  test('is the trustworthiness of A as a map of B', async () => {
    const { a, b } = relatedPair(50, 4, 2, 1);
    const there = await continuity({ a, b }, { k: 7 }, run);
    const back = await trustworthiness({ a: b, b: a }, { k: 7 }, run);
    expect(there.value).toBe(back.value);
    expect(there.low).toBe(back.low);
    expect(there.value).not.toBe((await trustworthiness({ a, b }, { k: 7 }, run)).value);
  });

  test('a circle cut open tears neighbours apart; one pressed flat does not', async () => {
    const n = 60;
    const angles = Array.from({ length: n }, (_, i) => (2 * Math.PI * (i + 0.3 * (i % 3))) / n);
    const circle = fromRows(angles.map((t) => [Math.cos(t), Math.sin(t)]));
    const open = matrix(Float64Array.from(angles), n, 1);
    const flat = matrix(
      circle.data.filter((_, at) => at % 2 === 0),
      n,
      1,
    );
    const numbers = async (b: typeof open) => [
      (await continuity({ a: circle, b }, { k: 5 }, run)).value,
      (await trustworthiness({ a: circle, b }, { k: 5 }, run)).value,
    ];
    const [keptOpen, trueOpen] = await numbers(open);
    const [keptFlat, trueFlat] = await numbers(flat);
    expect(trueOpen).toBeGreaterThan(keptOpen);
    expect(keptFlat).toBeGreaterThan(trueFlat);
  });
});

describeComparisonLaws(continuity, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 1,
  symmetric: false,
});
