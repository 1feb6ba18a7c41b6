import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import { createPair } from './support/pair.ts';
import { unitGrouping } from './support/unit-groups.ts';
import { unitGroups } from './unit-groups.ts';
import { unitMatching } from './unit-matching.ts';

const run = { engine: referenceEngine };

/** Blocks of three columns: within each, B is A turned. */
function turnedBlocks(n: number, blocks: number) {
  const d = 3 * blocks;
  const a = normalMatrix(n, d, 1);
  const data = new Float64Array(n * d);
  for (let g = 0; g < blocks; g++) {
    const part = matrix(
      Float64Array.from(
        { length: 3 * n },
        (_, at) => a.data[Math.floor(at / 3) * d + 3 * g + (at % 3)],
      ),
      n,
      3,
    );
    const own = turned(part, rotation(3, g + 2));
    for (let at = 0; at < 3 * n; at++)
      data[Math.floor(at / 3) * d + 3 * g + (at % 3)] = own.data[at];
  }
  return { a, b: matrix(data, n, d) };
}

describe('unit-groups', () => {
  test('turned blocks are found as groups of both spaces, where single columns do not match', async () => {
    const pair = turnedBlocks(1000, 4);
    const { value, null: byChance } = await unitGroups(pair, { groups: 4 }, run);
    expect(value).toBeGreaterThan(0.95);
    expect(value).toBeGreaterThan(byChance?.high ?? 1);
    expect((await unitMatching(pair, {}, run)).value).toBeLessThan(0.85);
    const paired = { rows: 'paired', columns: 'any' } as const;
    const { groups } = await unitGrouping(createPair('test', pair, paired, referenceEngine), 4);
    for (let c = 0; c < 12; c++) {
      expect(groups[c]).toBe(groups[3 * Math.floor(c / 3)]);
      expect(groups[12 + c]).toBe(groups[c]);
    }
    expect(new Set(groups).size).toBe(4);
  });

  test('how many groups there are is seen from the eigenvalues', async () => {
    // Columns 2g and 2g + 1 turned by 45°: each has half the variance of either.
    const a = normalMatrix(1000, 10, 1);
    const mixed = a.data.map((x, at) =>
      at % 2 === 0 ? (x + a.data[at + 1]) / 2 : (x - a.data[at - 1]) / 2,
    );
    const two = await unitGroups({ a, b: matrix(mixed, 1000, 10) }, {}, run);
    expect(two.warnings[0]).toBe('5 groups.');
    expect((await unitGroups({ a, b: a }, {}, run)).warnings[0]).toBe('10 groups.');
  });

  test('unrelated columns: as the null', async () => {
    const { value, null: byChance } = await unitGroups(independentPair(300, 8, 8, 3), {}, run);
    expect(value).toBeLessThan(byChance?.high ?? 0);
    expect(byChance?.pValue).toBeGreaterThan(0.02);
  });

  test('one group holds everything; columns that do not vary belong to none', async () => {
    const { a, b } = independentPair(40, 3, 3, 1);
    expect((await unitGroups({ a, b }, { groups: 1 }, run)).value).toBe(1);
    const still = { ...b, data: b.data.map((x, i) => (i % 3 === 0 ? 1 : x)) };
    const { warnings, value } = await unitGroups({ a, b: still }, { groups: 1 }, run);
    expect(warnings).toContain('1 column does not vary and counts as unmatched.');
    expect(value).toBeCloseTo(1, 12);
  });
});

describeComparisonLaws(unitGroups, { ignores: ['scale', 'shift'] });
