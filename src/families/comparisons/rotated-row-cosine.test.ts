import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { rotation } from '../../testing/points.ts';
import { rotatedRowCosine } from './rotated-row-cosine.ts';
import { block } from './support/scatter.ts';

const run = { engine: referenceEngine };

describe('rotated-row-cosine', () => {
  test('a rotation into more dimensions is undone', async () => {
    const a = normalMatrix(60, 3, 1);
    const b = product(a, block(rotation(7, 2), 0, 0, 3, 7));
    expect((await rotatedRowCosine({ a, b }, {}, run)).value).toBeCloseTo(1, 10);
  });

  test('independent rows have 0, although a rotation fitted to all of them would find a likeness', async () => {
    const { value, null: chance } = await rotatedRowCosine(independentPair(80, 12, 12, 1), {}, run);
    expect(Math.abs(value)).toBeLessThan(0.12);
    expect(chance?.pValue).toBeGreaterThan(0.02);
  });

  test('too few rows for the rotation are named', async () => {
    const { warnings } = await rotatedRowCosine(relatedPair(10, 8, 8, 1), {}, run);
    expect(warnings).toContain(
      'half of 10 rows do not determine a rotation of 8 dimensions: too low.',
    );
  });
});

describeComparisonLaws(rotatedRowCosine, {
  ignores: ['rotation', 'scale', 'columns'],
  same: 1,
  anyOrder: false,
});
