import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { components } from './components.ts';

const run = { engine: referenceEngine };

/** Rows of R³ twice in R⁶: in the first three columns, and in the last. */
function inTwoPlaces({ data, rows: n }: Matrix): Matrix<Float64Array> {
  const out = zeros64(2 * n, 6);
  for (let i = 0; i < n; i++) {
    out.data.set(data.subarray(3 * i, 3 * i + 3), 6 * i);
    out.data.set(data.subarray(3 * i, 3 * i + 3), 6 * (n + i) + 3);
  }
  return out;
}

describe('components', () => {
  test('uniform points are one population', async () => {
    expect(await components(uniformRows(200, 5, 1), {}, run)).toMatchObject({ value: 1, rows: [] });
  });

  test('two orthogonal halves are two, each with its share and its mean cosine', async () => {
    const half = uniformRows(60, 3, 2);
    const found = await components(inTwoPlaces(half), { k: 5 }, run);
    expect(found.value).toBe(2);
    expect(found.rows).toEqual(Array.from({ length: 60 }, (_, i) => 60 + i));
    expect(found.series?.x).toEqual([0.5, 0.5]);
    let pairs = 0;
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < i; j++) {
        for (let c = 0; c < 3; c++) pairs += half.data[3 * i + c] * half.data[3 * j + c];
      }
    }
    expect(found.series?.y[0]).toBeCloseTo(pairs / 1770, 12);
  });

  test('where few lists are known, the rows are joined among themselves', async () => {
    const points = inTwoPlaces(uniformRows(200, 3, 2));
    const two = await referenceEngine.nearestAmong(gathered(points, [0, 399]), points, 10);
    const neighbors = { ...two, rows: Int32Array.of(0, 399) };
    const { value, series } = await components(points, {}, { ...run, neighbors });
    expect(value).toBe(2);
    expect(series?.x).toEqual([0.5, 0.5]);
  });

  test('a pair is one population, a single row has none', async () => {
    expect(
      (
        await components(
          fromRows([
            [1, 0],
            [0, 1],
          ]),
          {},
          run,
        )
      ).value,
    ).toBe(1);
    expect((await components(fromRows([[1, 0]]), {}, run)).value).toBeNaN();
  });
});

describeMetricLaws(components);
