import { describe, expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { Z95 } from '../../../../numerics/laws/normal.ts';
import { studentQuantile } from '../../../../numerics/laws/student.ts';
import { numbered } from './classes.ts';
import { dependence } from './relabelled.ts';

const M = 400;
const DRAWS = 400;
const random = Random.fromSeed(5);
const classes = numbered(Array.from({ length: M }, () => `${random.integer(2)}`));
/** A rule that knows nothing. */
const guesses = {
  rows: Int32Array.from({ length: M }, (_, i) => i),
  predicted: Int32Array.from({ length: M }, () => random.integer(2)),
  confidence: new Float64Array(M),
};
const fewDraws = (studentQuantile(0.95, DRAWS - 1) / Z95) ** 2;
/** A variance from 400 draws is right to 7 %. */
const ERROR = Math.sqrt(2 / DRAWS);

describe('dependence', () => {
  test('is 1 where the property of a row is its own', async () => {
    const factor = await dependence(random.fork(1), classes, guesses, DRAWS, ({ of }) => of);
    expect(Math.abs(factor / fewDraws - 1)).toBeLessThan(4 * ERROR);
  });

  test('is 2 where two rows each share theirs', async () => {
    const factor = await dependence(random.fork(2), classes, guesses, DRAWS, ({ of }) =>
      of.map((_, i) => of[i - (i % 2)]),
    );
    expect(Math.abs(factor / fewDraws / 2 - 1)).toBeLessThan(4 * ERROR);
  });

  test('is 1 where the property hangs on where rows are, not on classes', async () => {
    const factor = await dependence(random.fork(3), classes, guesses, 50, ({ of }) =>
      of.map((_, i) => (i % 3 === 0 ? 1 : 0)),
    );
    expect(factor).toBeCloseTo((studentQuantile(0.95, 49) / Z95) ** 2, 12);
  });

  test('is 1 where all rows have it, or none', async () => {
    for (const value of [0, 1]) {
      const all = new Uint8Array(M).fill(value);
      expect(await dependence(random, classes, guesses, 5, () => all)).toBe(1);
    }
  });

  test('new classes are the predicted ones as often as these are right, and counts are kept', async () => {
    const sure = { ...guesses, predicted: classes.of, confidence: classes.of };
    await dependence(random.fork(4), classes, sure, 3, ({ of, counts }) => {
      expect([...of]).toEqual([...classes.of]);
      expect([...counts]).toEqual([...classes.counts]);
      return of;
    });
  });
});
