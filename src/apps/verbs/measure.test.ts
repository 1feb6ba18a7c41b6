import { describe, expect, test } from 'vitest';
import { AbortedError, InputError } from '../../core/errors.ts';
import { toFloat32 } from '../../core/matrix.ts';
import type { Progress } from '../../core/run.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { sampleRows } from '../../io/index.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import { MEASURE_FIELDS } from '../report/contract.ts';
import { measure, measureInDetail } from './measure.ts';

describe('measure', () => {
  test('the orthoplex of R⁴ has the numbers of its closed form', async () => {
    const result = await measure(orthoplex(4));
    expect(result).toMatchObject({
      n: 8,
      d: 4,
      engine: 'reference',
      warnings: [expect.anything()],
    });
    expect(result.minAngleDeg).toBeCloseTo(90, 12);
    expect(result.medianNearestAngleDeg).toBeCloseTo(90, 12);
    expect(result.meanNearestAngleDeg).toBeCloseTo(90, 12);
    expect(result.circularVariance).toBe(1);
    expect(result.meanCosine).toBeCloseTo(-1 / 7, 14);
    expect(result.uniformity).toBeCloseTo(
      Math.log((4 * Math.exp(-8) + 24 * Math.exp(-4)) / 28),
      12,
    );
    expect(result.effectiveRank).toBeCloseTo(4, 12);
    expect(result.hubnessSkewness).toBe(0);
  });

  test('every number stands beside its null value', async () => {
    const result = await measure(uniformRows(60, 5, 1));
    for (const field of MEASURE_FIELDS) {
      expect(result[field], field).toSatisfy(Number.isFinite);
      expect(result.null[field]?.value, field).toSatisfy(Number.isFinite);
      expect(result.null[field]?.how, field).toMatch(/exact|asymptotic|simulated/);
    }
  });

  test('nulls are left out on request', async () => {
    expect((await measure(uniformRows(20, 3, 1), { null: 'none' })).null).toEqual({});
  });

  test('one row gives null where there are no pairs, and says why', async () => {
    const result = await measure(fromRows([[3, 4]]));
    expect(result).toMatchObject({ n: 1, minAngleDeg: null, mmd: null, hubnessSkewness: null });
    expect(result).toMatchObject({ circularVariance: 0, effectiveRank: 1 });
    expect(result.warnings).toContain(
      'minAngleDeg: there are no pairs of rows: at least 2 rows are needed.',
    );
    expect(() => JSON.stringify(result)).not.toThrow();
  });

  test('one column and duplicates are measured', async () => {
    const result = await measure(fromRows([[1], [2], [-1], [5]]));
    expect(result).toMatchObject({ d: 1, minAngleDeg: 0, effectiveRank: 1 });
    expect(result.meanCosine).toBeCloseTo(0, 14);
  });

  test('a table is measured by its points, float32 as float64 to rounding', async () => {
    const points = uniformRows(40, 6, 2);
    const wide = await measure(points, { null: 'none' });
    const narrow = await measure(
      { points: toFloat32(points), labels: Array(40).fill('a') },
      { null: 'none', engine: 'reference' },
    );
    for (const field of MEASURE_FIELDS) {
      expect(narrow[field], field).toBeCloseTo(wide[field] ?? NaN, 4);
    }
  });

  test('both engines agree: neighbours to the bit, sums to float32 rounding', async () => {
    const points = toFloat32(uniformRows(150, 17, 6));
    const exact = await measure(points, { engine: 'reference' });
    const fast = await measure(points, { engine: 'wasm', threads: 1 });
    expect(fast.engine).toBe('wasm');
    for (const field of ['minAngleDeg', 'meanNearestAngleDeg', 'hubnessSkewness'] as const) {
      expect(fast[field], field).toBe(exact[field]);
    }
    for (const field of MEASURE_FIELDS) {
      expect(fast[field], field).toBeCloseTo(exact[field] ?? NaN, 6);
    }
    expect(fast.null).toEqual(exact.null);
  });

  test('one and two threads give the same result', async () => {
    const points = toFloat32(uniformRows(150, 17, 6));
    const one = await measure(points, { engine: 'wasm', threads: 1 });
    const two = await measure(points, { engine: 'wasm', threads: 2 });
    expect({ ...two, threads: 1, seconds: 0 }).toEqual({ ...one, seconds: 0 });
  });

  test('a zero row is refused with its number', async () => {
    const rows = fromRows([
      [1, 0],
      [0, 0],
    ]);
    await expect(measure(rows)).rejects.toThrow(InputError);
    await expect(measure(rows)).rejects.toThrow('measure: 1 row has length zero');
  });

  test('the same seed gives the same result, another seed other simulated nulls only', async () => {
    const points = uniformRows(30, 4, 3);
    const [a, b, c] = await Promise.all([
      measure(points, { seed: 1 }),
      measure(points, { seed: 1 }),
      measure(points, { seed: 2 }),
    ]);
    expect({ ...a, seconds: 0 }).toEqual({ ...b, seconds: 0 });
    const values = ({ metrics }: typeof a) => metrics.map((metric) => ({ ...metric, null: null }));
    expect(values(c)).toEqual(values(a));
    expect(a.null.minAngleDeg).toEqual(c.null.minAngleDeg);
    expect(a.null.hubnessSkewness).not.toEqual(c.null.hubnessSkewness);
  });

  test('progress names the stages in order, and an abort stops the run', async () => {
    const stages: string[] = [];
    const onProgress = ({ stage, done }: Progress): void => {
      expect(done).toBeGreaterThanOrEqual(0);
      expect(done).toBeLessThanOrEqual(1);
      if (stages.at(-1) !== stage) stages.push(stage);
    };
    await measure(uniformRows(30, 4, 3), { engine: referenceEngine }, { onProgress });
    expect(stages.slice(0, 2)).toEqual(['neighbours', 'null']);
    expect(stages).toContain('Effective rank (RankMe)');
    const signal = AbortSignal.abort();
    await expect(measure(uniformRows(30, 4, 3), {}, { signal })).rejects.toThrow(AbortedError);
  });
});

describe('measureInDetail', () => {
  test('gives what the numbers were made from', async () => {
    const input = uniformRows(50, 4, 5);
    for (let c = 0; c < 4; c++) input.data[c] *= 8;
    const { measurement, details } = await measureInDetail(input);
    expect(measurement.n).toBe(50);
    expect(details.norms[0]).toBeCloseTo(8, 12);
    expect(details.norms[1]).toBeCloseTo(1, 12);
    expect(details.neighbors.k).toBe(10);
    expect(details.singularValues).toHaveLength(4);
    expect(details.singularValues.reduce((sum, s) => sum + s * s, 0)).toBeCloseTo(50, 10);
    expect(details.occurrences.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(details.hubs).toHaveLength(20);
    expect(details.hubs[0].count).toBe(Math.max(...details.occurrences));
  });

  test('histograms count every pair of a small set and every row', async () => {
    const { details } = await measureInDetail(uniformRows(50, 4, 5));
    const { pairAngles, nearestAngles } = details;
    expect(pairAngles.total).toBe(1225);
    expect(pairAngles.sampled).toBeUndefined();
    expect(pairAngles.edgesDeg).toHaveLength(pairAngles.counts.length + 1);
    expect(pairAngles.counts.reduce((sum, x) => sum + x, 0)).toBe(1225);
    expect(nearestAngles.total).toBe(50);
  });

  test('one row and one column have details too', async () => {
    const one = await measureInDetail(fromRows([[1, 2, 3]]));
    expect(one.details.pairAngles.total).toBe(0);
    expect(one.details.nearestAngles.total).toBe(0);
    expect([...one.details.occurrences]).toEqual([0]);
    const line = await measureInDetail(fromRows([[1], [-2], [3]]));
    expect(line.details.nearestAngles.nullDensity).toBeUndefined();
  });
});

describe('measure of a sample', () => {
  test('says of how many rows it is one, and names rows by their numbers in the file', async () => {
    const points = toFloat32(uniformRows(900, 4, 3));
    const drawn = await sampleRows({ points }, 300);
    const { n, population, warnings, metrics } = await measure(drawn, { metrics: ['hubness'] });
    expect([n, population]).toEqual([300, 900]);
    expect(warnings[0]).toContain('300 of the 900 rows, drawn by the seed');
    const alone = await measure(drawn.points, { metrics: ['hubness'] });
    const [hubs, places] = [metrics, alone.metrics].map(
      (rows) => rows.find(({ id }) => id === 'largest-hub')?.rows ?? [],
    );
    expect(hubs).toEqual(places.map((place) => drawn.survey.rows[place]));
    expect(hubs.length).toBeGreaterThan(0);
  });

  test('of all rows is the measurement of the file', async () => {
    const points = toFloat32(uniformRows(90, 4, 3));
    const [ofFile, ofAll] = [
      await measure(points),
      await measure(await sampleRows({ points }, 90)),
    ];
    expect({ ...ofAll, seconds: 0 }).toEqual({ ...ofFile, seconds: 0 });
  });

  test('refuses rows without a direction, and neighbours that are not of the sample', async () => {
    const points = toFloat32(uniformRows(50, 4, 3));
    points.data.fill(0, 4 * 49);
    const drawn = await sampleRows({ points }, 50);
    await expect(measure(drawn)).rejects.toThrow(
      'measure: 1 row has no direction, being zero or not finite: 49 (counted from 0).',
    );
    const graph = { indices: new Int32Array(50), distances: new Float64Array(50), n: 50, k: 1 };
    const whole = await sampleRows({ points: toFloat32(uniformRows(50, 4, 3)) }, 50);
    await expect(measure(whole, { neighbors: graph })).rejects.toThrow(
      'measure: option "neighbors" must be left out for a sample of a file',
    );
  });
});
