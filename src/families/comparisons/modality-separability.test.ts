import { describe, expect, test } from 'vitest';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { modalitySeparability } from './modality-separability.ts';

describe('modality-separability', () => {
  test('rows of one law are told by chance, those with a plane between them surely', async () => {
    const { a, b } = independentPair(300, 6, 6, 2);
    const chance = await modalitySeparability({ a, b });
    expect(chance.null?.pValue).toBeGreaterThan(0.01);
    const side = (m: typeof a, sign: number) => ({
      ...m,
      data: m.data.map((x, e) => (e % 6 === 2 ? sign * (1 + Math.abs(x)) : x)),
    });
    expect((await modalitySeparability({ a: side(a, 1), b: side(b, -1) })).value).toBe(1);
  });

  test('sees a sure difference of small variance that the centers hardly show', async () => {
    const { a, b } = independentPair(300, 6, 6, 4);
    const side = (m: typeof a, sign: number) => ({
      ...m,
      data: m.data.map((x, e) => (e % 6 === 0 ? 0.05 * sign * (1 + 0.1 * x) : x)),
    });
    const found = await modalitySeparability({ a: side(a, 1), b: side(b, -1) });
    expect(found.value).toBeGreaterThan(0.98);
  });

  test('the null is where values of one law lie: 95 of 100 and more', async () => {
    let inside = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { value, null: law } = await modalitySeparability(independentPair(40, 3, 3, seed));
      if (value >= (law?.low ?? NaN) && value <= (law?.high ?? NaN)) inside += 1;
    }
    // 57 expected at least; two folds share a plane's rows, so a few more may fall out.
    expect(inside).toBeGreaterThan(49);
  });

  test('needs four rows of each', async () => {
    const { value, warnings } = await modalitySeparability(independentPair(3, 2, 2, 1));
    expect(value).toBeNaN();
    expect(warnings).toEqual(['needs 4 rows of each; got 3 and 3.']);
  });
});

describeComparisonLaws(modalitySeparability, { ignores: ['scale'], same: 0.5, anyOrder: false });
