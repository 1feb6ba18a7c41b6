import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { fromRows } from '../../testing/points.ts';
import { spectrumDistance } from './spectrum-distance.ts';

const run = { engine: referenceEngine };

describe('spectrum-distance', () => {
  test('variance in one direction against variance in two equal ones: √(1 − √½)', async () => {
    const a = fromRows([
      [1, 0],
      [-1, 0],
      [2, 0],
      [-2, 0],
    ]);
    const b = fromRows([
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]);
    const { value } = await spectrumDistance({ a, b }, {}, run);
    expect(value).toBeCloseTo(Math.sqrt(1 - Math.SQRT1_2), 12);
  });
});

describeComparisonLaws(spectrumDistance, {
  ignores: ['rotation', 'scale', 'shift', 'columns'],
  same: 0,
});
