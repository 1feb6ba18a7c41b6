import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import { unitMatching } from './unit-matching.ts';

const run = { engine: referenceEngine };

describe('unit-matching', () => {
  test('permuted columns are found; a rotation destroys the match', async () => {
    const a = normalMatrix(300, 8, 1);
    const reversed = { ...a, data: a.data.map((_, i) => a.data[i - (i % 8) + 7 - (i % 8)]) };
    expect((await unitMatching({ a, b: reversed }, {}, run)).value).toBeCloseTo(1, 12);
    const mixed = await unitMatching({ a, b: turned(a, rotation(8, 2)) }, {}, run);
    expect(mixed.value).toBeLessThan(0.75);
  });

  test('one to one is at most one to many, and both exceed chance for a shared column', async () => {
    const { a, b } = independentPair(200, 5, 6, 1);
    const pair = {
      a,
      b: { ...b, data: b.data.map((x, i) => (i % 6 === 4 ? a.data[5 * Math.floor(i / 6)] : x)) },
    };
    const one = await unitMatching(pair, {}, run);
    const many = await unitMatching(pair, { match: 'semi' }, run);
    expect(many.value).toBeGreaterThanOrEqual(one.value);
    expect(one.value).toBeGreaterThan(one.null?.high ?? NaN);
  });

  test('columns that do not vary are counted', async () => {
    const a = normalMatrix(30, 3, 1);
    const b = { ...a, data: a.data.map((x, i) => (i % 3 === 1 ? 7 : x)) };
    const { value, warnings } = await unitMatching({ a, b }, {}, run);
    expect(warnings).toEqual(['1 column does not vary and counts as unmatched.']);
    expect(value).toBeLessThan(0.75);
  });
});

describeComparisonLaws(unitMatching, { ignores: ['scale', 'shift', 'columns'], same: 1 });
