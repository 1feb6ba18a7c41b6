import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { linearPrediction } from './linear-prediction.ts';
import { sparsePrediction } from './sparse-prediction.ts';

const run = { engine: referenceEngine };

/** Each column of B is the sum of three columns of A, and noise. */
function sumsOfThree(n: number, d: number, noise: number) {
  const a = normalMatrix(n, d, 1);
  const e = normalMatrix(n, d, 2);
  const data = a.data.map((_, at) => {
    const [i, c] = [Math.floor(at / d), at % d];
    const three = [0, 1, 2].reduce((sum, s) => sum + a.data[i * d + ((c + s) % d)], 0);
    return three / Math.sqrt(3) + noise * e.data[at];
  });
  return { a, b: matrix(data, n, d) };
}

describe('sparse-prediction', () => {
  test('a third of the variance by one column, two by two, all by three', async () => {
    const pair = sumsOfThree(800, 12, 0);
    const at = async (units: number) => (await sparsePrediction(pair, { units }, run)).value;
    expect(await at(1)).toBeCloseTo(1 / 3, 1);
    expect(await at(2)).toBeCloseTo(2 / 3, 1);
    expect(await at(3)).toBeCloseTo(1, 8);
    expect(await at(4)).toBeCloseTo(1, 8);
  });

  test('with all columns it is linear prediction, up to the halves', async () => {
    const pair = sumsOfThree(800, 6, 1);
    const all = await sparsePrediction(pair, { units: 6 }, run);
    expect(all.value).toBeCloseTo((await linearPrediction(pair, {}, run)).value, 1);
    expect(all.low ?? 1).toBeLessThan(0.5);
    expect(all.high ?? 0).toBeGreaterThan(0.48);
  });

  test('unrelated rows: below 0, as their null', async () => {
    const { value, null: byChance } = await sparsePrediction(
      independentPair(100, 10, 4, 3),
      { units: 2 },
      run,
    );
    expect(value).toBeLessThan(0.02);
    expect(byChance?.value).toBeLessThan(0.01);
    expect(byChance?.pValue).toBeGreaterThan(0.02);
  });

  test('few rows and constant columns are said', async () => {
    const few = await sparsePrediction(independentPair(6, 2, 2, 1), {}, run);
    expect(few.warnings).toEqual(['needs 8 rows; got 6.']);
    const short = await sparsePrediction(independentPair(10, 5, 2, 1), {}, run);
    expect(short.warnings).toEqual(['10 rows allow 3 columns, not 5, to predict one.']);
    const { a, b } = independentPair(30, 2, 2, 1);
    const still = await sparsePrediction({ a, b: { ...b, data: b.data.map(() => 1) } }, {}, run);
    expect(still.warnings).toEqual(['no column of B varies.']);
  });
});

describeComparisonLaws(sparsePrediction, {
  ignores: ['scale', 'shift', 'columns'],
  same: 1,
  symmetric: false,
  anyOrder: false,
});
