import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { resolveOptions } from '../../../method/options.ts';
import { uniformRows } from '../../../testing/points.ts';
import {
  codensity,
  createSpace,
  hubnessSkewness,
  knnAccuracy,
  linearProbeAccuracy,
  type Metric,
  meanCosine,
  meanNearestAngle,
  nearDuplicates,
  normVariation,
  silhouette,
} from '../index.ts';
import { valuesOfLists, valuesOfRows } from './per-row.ts';

const points = uniformRows(60, 4, 3);
const classes = Array.from({ length: 60 }, (_, i) => `class ${points.data[4 * i] > 0}`);

async function of(metric: Metric<never>, raw: Matrix = points) {
  const space = createSpace(raw, referenceEngine, {}, { raw, classes });
  const { value, perRow = {} } = await metric.measure(
    space,
    resolveOptions(metric.spec.id, metric.spec.options) as never,
  );
  for (const column of Object.values(perRow)) expect(column).toHaveLength(raw.rows);
  return { value, perRow };
}

const mean = (column: Float64Array) => column.reduce((a, b) => a + b, 0) / column.length;

describe('numbers of single rows', () => {
  test.each([
    ['angle', meanNearestAngle],
    ['cosine', meanCosine],
    ['value', silhouette],
    ['right', linearProbeAccuracy],
  ] as const)('the mean of %s is the metric itself', async (name, metric) => {
    const { value, perRow } = await of(metric as unknown as Metric<never>);
    expect(mean(perRow[name])).toBeCloseTo(value, 12);
  });

  test('rows occur k times on average; shares of the own class say which rows are right', async () => {
    const { occurrences } = (await of(hubnessSkewness as unknown as Metric<never>)).perRow;
    expect(mean(occurrences)).toBeCloseTo(10, 12);
    const { value, perRow } = await of(knnAccuracy as unknown as Metric<never>);
    const { own } = perRow;
    // Of two classes, the own one wins with more than half of the ten votes; ties go to the nearer.
    expect(mean(own.map((x) => (x > 0.5 ? 1 : 0)))).toBeLessThanOrEqual(value);
    expect(mean(own.map((x) => (x >= 0.5 ? 1 : 0)))).toBeGreaterThanOrEqual(value);
  });

  test('the median of the codensities is the codensity', async () => {
    const { value, perRow } = await of(codensity as unknown as Metric<never>);
    const { value: own } = perRow;
    const sorted = own.toSorted();
    expect((sorted[29] + sorted[30]) / 2).toBe(value);
  });

  test('lengths are those before scaling, and rows know how many they coincide with', async () => {
    const wide = { ...points, data: points.data.map((x, at) => (at < 4 ? 3 * x : x)) };
    const space = createSpace(points, referenceEngine, {}, { raw: wide });
    const { perRow = {} } = await normVariation.measure(space, { share: 0.1 });
    const { norm } = perRow;
    expect(norm[0]).toBeCloseTo(3, 12);
    expect(norm[1]).toBeCloseTo(1, 12);
    const twice = gathered(points, [...Array(60).keys(), 7, 7]);
    const { size } = (await of(nearDuplicates as unknown as Metric<never>, twice)).perRow;
    expect([size[7], size[60], size[61], size[8]]).toEqual([3, 3, 3, 1]);
  });

  test('rows without a value have NaN', () => {
    expect(valuesOfRows(3, [2], [5])).toEqual(Float64Array.of(Number.NaN, Number.NaN, 5));
    const graph = {
      indices: Int32Array.of(0),
      distances: Float64Array.of(1),
      n: 1,
      k: 1,
      rows: Int32Array.of(1),
    };
    expect(valuesOfLists(graph, 2, () => 4)).toEqual(Float64Array.of(Number.NaN, 4));
  });
});
