import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { compatibility, compatibilityAmong } from './compatibility.ts';
import { verificationAccuracy } from './pair-verification.ts';

const one = (value: number) => matrix(Float64Array.of(value), 1, 1);

describe('compatibility', () => {
  // Scores of queries of t in the gallery of k: those of the table below.
  const table = [[0.6], [0.7, 0.8], [0.5, 0.8, 0.9]];
  const versions = table.map((_, t) => ({ queries: one(t), gallery: one(t) }));
  const found = compatibility(versions, (q, g) => table[q.data[0]][g.data[0]]);

  test('AC counts the pairs whose cross test is no worse than the old self test, AM is the mean', () => {
    expect(Array.from(found.scores.data)).toEqual([0.6, 0, 0, 0.7, 0.8, 0, 0.5, 0.8, 0.9]);
    // 0.7 ≥ 0.6 and 0.8 ≥ 0.8 hold, 0.5 ≥ 0.6 does not.
    expect(found.averageCompatibility).toBeCloseTo(2 / 3, 12);
    expect(found.averageScore).toBeCloseTo(4.3 / 6, 12);
  });

  test('of some versions is that of their rows and columns', () => {
    const { scores, averageCompatibility, averageScore } = compatibilityAmong(found, [0, 2]);
    expect(Array.from(scores.data)).toEqual([0.6, 0, 0.5, 0.9]);
    expect(averageCompatibility).toBe(0);
    expect(averageScore).toBeCloseTo(2 / 3, 12);
  });

  test('one version has nothing to be compatible with', () => {
    expect(() => compatibility(versions.slice(1, 2), () => 1)).toThrow(
      'compatibility: expected two versions or more; got 1.',
    );
  });
});

describe('verification', () => {
  const east = [1, 0];
  const rows = (list: readonly (readonly number[])[]) =>
    matrix(Float64Array.from(list.flat()), list.length, 2);
  const same = [true, true, false, false, true, false];
  const queries = rows(same.map(() => east));

  test('cosines that part the pairs are all told right, whatever the lengths', () => {
    const gallery = rows(same.map((is, i) => (is ? [1 + i, 0.1] : [0.1, 1 + i])));
    expect(verificationAccuracy(queries, gallery, { same, folds: 3 })).toBe(1);
  });

  test('equal cosines tell nothing: the larger part of the others is guessed', () => {
    const pairs = { same: [true, true, true, false], folds: 4 };
    const equal = rows([east, east, east, east]);
    expect(verificationAccuracy(equal, equal, pairs)).toBe(0.75);
  });

  test('the threshold comes from the other folds', () => {
    // Cosines 0 and 1 in the first fold, 0 and 1 in the second, which means the opposite: each is judged by the other.
    const gallery = rows([east, [0, 1], east, [0, 1]]);
    const answers = [true, false, false, true];
    const found = verificationAccuracy(rows([east, east, east, east]), gallery, {
      same: answers,
      folds: 2,
    });
    // By the first fold the second is all wrong; by the second the best is to call all the same, half right.
    expect(found).toBe(0.25);
  });

  test('wrong use gets a sentence', () => {
    expect(() => verificationAccuracy(queries, rows([east]), { same })).toThrow(
      'verificationAccuracy: expected a gallery of 6 × 2 and 6 answers; got 1 × 2 and 6.',
    );
    expect(() => verificationAccuracy(queries, queries, { same, folds: 7 })).toThrow(
      'option "folds" must be a whole number from 2 to 6; got 7.',
    );
  });
});
