import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { neighborOverlap } from './neighbor-overlap.ts';
import { neighborRecall } from './neighbor-recall.ts';

const run = { engine: referenceEngine };

describe('neighbor-recall', () => {
  test('distances decide, not angles: rows of one ray have neighbours', async () => {
    const a = fromRows([1, 2.1, 3.3, 7, 8.1, 9.3].map((x) => [x, x]));
    const b = fromRows([1, 2.1, 9.3, 7, 8.1, 3.3].map((x) => [x, x]));
    // Rows 2 and 5 change places: 0 and 1, 3 and 4 stay nearest to one another, and nothing else.
    expect((await neighborRecall({ a, b }, { k: 1 }, run)).value).toBeCloseTo(4 / 6, 14);
  });

  test('chance is k/(n − 1), and independent rows are within its interval', async () => {
    const { value, null: chance } = await neighborRecall(independentPair(200, 5, 2, 1), { k: 8 });
    expect(chance?.value).toBeCloseTo(8 / 199, 14);
    expect(value).toBeGreaterThan((chance?.low ?? NaN) - 0.01);
    expect(value).toBeLessThan((chance?.high ?? NaN) + 0.01);
  });

  test('rows with more copies than neighbours are named', async () => {
    const a = fromRows([0, 0, 0, 0, 5, 6, 7].map((x) => [x]));
    const { warnings } = await neighborRecall({ a, b: a }, { k: 2 }, run);
    const copies = (name: string) =>
      `4 of 7 rows have 2 or more copies in ${name}: which of these are its neighbours is chance.`;
    expect(warnings).toEqual([copies('A'), copies('B')]);
  });

  test('of unit rows, it is the overlap by cosine', async () => {
    const { a, b } = relatedPair(80, 4, 3, 2);
    const unit = (m: typeof a) =>
      fromRows(
        Array.from({ length: m.rows }, (_, i) => {
          const row = Array.from(m.data.subarray(i * m.cols, (i + 1) * m.cols));
          return row.map((x) => x / Math.hypot(...row));
        }),
      );
    const input = { a: unit(a), b: unit(b) };
    const { engine, ...recall } = await neighborRecall(input, {}, run);
    const { engine: same, ...overlap } = await neighborOverlap(input, {}, run);
    expect(recall).toEqual(overlap);
    expect(engine).toBe(same);
  });
});

describeComparisonLaws(neighborRecall, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 1,
});
