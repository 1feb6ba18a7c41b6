import { describe, expect, test } from 'vitest';
import { type Matrix, toFloat32 } from '../../core/matrix.ts';
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

test.each([1e30, 1e-25])('float32 rows of lengths about %d have the same value', async (size) => {
  const { a, b } = relatedPair(40, 3, 4, 8);
  const scaled = (m: Matrix) => toFloat32({ ...m, data: m.data.map((x) => x * size) });
  const { value } = await rbfCka({ a: toFloat32(a), b: toFloat32(b) });
  const far = await rbfCka({ a: scaled(a), b: scaled(b) });
  expect(far.value).toBeCloseTo(value, 4);
});
