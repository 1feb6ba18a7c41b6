import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws, relatedPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { linearCka } from './linear-cka.ts';
import { rbfCka } from './rbf-cka.ts';

const run = { engine: referenceEngine };

describe('rbf-cka', () => {
  test('sees a likeness that linear CKA does not: a circle and the square of its angle’s sine', async () => {
    const line = normalMatrix(200, 1, 5);
    const folded = { ...line, data: line.data.map((x) => x * x) };
    const { value, null: chance } = await rbfCka({ a: line, b: folded }, {}, run);
    expect(value).toBeGreaterThan(0.2);
    expect(chance?.pValue).toBeLessThan(1e-6);
    const linear = await linearCka({ a: line, b: folded }, {}, run);
    expect(Math.abs(linear.value)).toBeLessThan(0.1);
  });

  test('a sample of the rows stands for all of them, with its error in the interval', async () => {
    const pair = relatedPair(400, 4, 5, 2);
    const all = await rbfCka(pair, {}, run);
    const some = await rbfCka(pair, {}, { ...run, sample: 100, seed: 3 });
    const width = (r: typeof all) => (r.high ?? NaN) - (r.low ?? NaN);
    expect(width(some)).toBeGreaterThan(1.5 * width(all));
    expect(some.value).not.toBe(all.value);
  });
});

describeComparisonLaws(rbfCka, { ignores: ['rotation', 'scale', 'shift', 'columns'], same: 1 });
