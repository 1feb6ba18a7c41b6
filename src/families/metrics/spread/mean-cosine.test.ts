import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { meanCosine } from './mean-cosine.ts';

describe('mean-cosine', () => {
  test('is −1/d for the simplex of R^d, the least there is, and −1/(2d−1) for the orthoplex', async () => {
    expect(await measuredValue(meanCosine, simplex(8))).toBeCloseTo(-1 / 8, 14);
    expect(await measuredValue(meanCosine, orthoplex(5))).toBeCloseTo(-1 / 9, 14);
  });

  test('is 1 for equal rows, −1 for two opposite ones, 0 for an orthonormal basis', async () => {
    expect(
      await measuredValue(
        meanCosine,
        fromRows([
          [1, 2],
          [2, 4],
          [3, 6],
        ]),
      ),
    ).toBeCloseTo(1, 14);
    expect(
      await measuredValue(
        meanCosine,
        fromRows([
          [1, 2],
          [-2, -4],
        ]),
      ),
    ).toBeCloseTo(-1, 14);
    expect(
      await measuredValue(
        meanCosine,
        fromRows([
          [0, 1],
          [1, 0],
        ]),
      ),
    ).toBeCloseTo(0, 15);
  });

  test('is the plain mean over all pairs', async () => {
    const points = uniformRows(30, 5, 4);
    let sum = 0;
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < i; j++) {
        for (let c = 0; c < 5; c++) sum += points.data[i * 5 + c] * points.data[j * 5 + c];
      }
    }
    expect(await measuredValue(meanCosine, points)).toBeCloseTo(sum / 435, 14);
  });
});

describeMetricLaws(meanCosine);
