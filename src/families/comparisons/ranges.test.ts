import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { independentPair, relatedPair } from '../../testing/comparison-laws.ts';
import { uniformRows } from '../../testing/points.ts';
import * as comparisons from './index.ts';
import type { Comparison, PairInput } from './types.ts';

const all = (Object.values(comparisons) as unknown[]).filter(
  (value): value is Comparison => typeof value === 'function' && 'meaning' in value,
);

const twin = (m: Matrix): PairInput => ({ a: m, b: m });

const pairs: readonly (readonly [string, PairInput])[] = [
  ['related rows', relatedPair(24, 3, 3, 1)],
  ['unrelated rows', independentPair(24, 4, 4, 2)],
  ['the same rows twice', twin(uniformRows(30, 3, 3))],
  ['the same float32 rows twice', twin(toFloat32(uniformRows(300, 5, 4)))],
  ['more columns than rows', independentPair(12, 20, 20, 5)],
  ['four rows', independentPair(4, 2, 2, 6)],
  ['copies of three rows', twin(gathered(uniformRows(3, 4, 7), [0, 0, 1, 1, 2, 2, 0, 1]))],
];

describe.each(pairs)('%s', (_, input) => {
  test.each(all.map((method) => [method.spec.id, method] as const))(
    '%s, its interval and its null are where they can be',
    async (_, method) => {
      const found = await method(input, {}, { engine: referenceEngine });
      const [least, most] = method.range;
      for (const { value, low, high } of found.null ? [found, found.null] : [found]) {
        expect(!(value < least) && !(value > most), `${value}`).toBe(true);
        for (const end of [low, high]) {
          if (end !== undefined) expect(end >= least && end <= most, `${end}`).toBe(true);
        }
      }
    },
  );
});
