import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { resolveOptions } from '../../../../method/options.ts';
import { classRows } from '../../../../testing/classes.ts';
import { uniformRows } from '../../../../testing/points.ts';
import * as metrics from '../../index.ts';
import { createSpace, type Metric } from '../../index.ts';
import { permutedLaw, shufflesFor } from './shuffled-null.ts';
import { shuffledParts } from './shuffled-parts.ts';

const N = 240;
const withLaw = [
  metrics.knnAccuracy,
  metrics.linearProbeAccuracy,
  metrics.silhouette,
  metrics.classRank,
  metrics.rateReduction,
  metrics.nc1,
  metrics.nc2,
  metrics.nc3,
  metrics.nc4,
] as unknown as Metric[];
const inTurn = Array.from({ length: N }, (_, i) => `${i % 4}`);

async function measured(metric: Metric, points: Matrix) {
  const space = createSpace(points, referenceEngine, {}, { classes: inTurn });
  return metric.measure(space, resolveOptions(metric.spec.id, metric.spec.options));
}

describe.each(withLaw.map((metric) => [metric.spec.id, metric] as const))('%s', (_, metric) => {
  test('of planted classes is far from what shuffled classes have', async () => {
    const { value, null: law } = await measured(metric, classRows(N, 8, 4, 0.2, 1));
    expect(law?.how).toMatch(/^simulated, \d+ times shuffled classes; me(an|dian)$/);
    expect(law?.pValue).toBeLessThan(0.05);
    expect(value < (law?.low ?? NaN) || value > (law?.high ?? NaN)).toBe(true);
  });

  test('of classes that mean nothing has p-values as even as those of a test', async () => {
    const pValues: number[] = [];
    for (let r = 0; r < 30; r++) {
      const { null: law } = await measured(metric, uniformRows(N, 8, Random.fromSeed(8).fork(r)));
      pValues.push(law?.pValue ?? NaN);
    }
    // Of 30 uniform numbers more than 10 below 0.1 come once in 10,000 times, as does a mean below 0.3.
    expect(pValues.filter((p) => p < 0.1).length).toBeLessThanOrEqual(10);
    expect(pValues.reduce((sum, p) => sum + p, 0) / 30).toBeGreaterThan(0.3);
  });
});

describe('permutedLaw', () => {
  test('five values of mean 0 and variance 1 have Student’s interval of a sixth', () => {
    const s = Math.sqrt(4 / 10);
    const values = [-2, -1, 0, 1, 2].map((x) => x * s);
    const { value, low, high, pValue } = permutedLaw(
      values,
      2.7764451051977934 * Math.sqrt(1.2),
      '',
    );
    expect(value).toBeCloseTo(0, 14);
    expect(high).toBeCloseTo(2.7764451051977934 * Math.sqrt(1.2), 9);
    expect(low).toBeCloseTo(-(high ?? NaN), 12);
    expect(pValue).toBeCloseTo(0.05, 9);
  });

  test('of logarithms it has the ends of their exponentials, and stays in its range', () => {
    const plain = permutedLaw([1, 2, 3], 2, '');
    const logged = permutedLaw([1, 2, 3].map(Math.exp), Math.exp(2), '', { scale: 'log' });
    expect(Math.log(logged.low ?? NaN)).toBeCloseTo(plain.low ?? NaN, 9);
    expect(logged.pValue).toBeCloseTo(1, 9);
    expect(permutedLaw([1, 2, 3], 2, '', { range: [0, 4] })).toMatchObject({ low: 0, high: 4 });
  });

  test('a number that shuffles do not change has no p-value', () => {
    expect(permutedLaw([2, 2, 2], 1, '')).toEqual({
      value: 2,
      low: 2,
      high: 2,
      how: 'simulated, ; mean',
    });
  });
});

test('few steps allow 50 shuffles, many leave 5', () => {
  expect([shufflesFor(10), shufflesFor(1e9)]).toEqual([50, 5]);
});

test.each([
  ['rows', true],
  ['classes', false],
])('some of the classes say what all do, weighed by %s', async (_, byRows) => {
  const names = Array.from({ length: 900 }, (_, i) => `${i % 15}`);
  const points = uniformRows(900, 6, 5);
  const space = createSpace(points, referenceEngine, {}, { classes: names });
  const of = Int32Array.from(names, Number);
  const classes = { names, of, counts: new Int32Array(15).fill(60) };
  // Mean over columns of the squared column means: of m random rows it is off by about 1/m.
  const squares = ({ data, rows: n, cols: d }: Matrix) => {
    let sum = 0;
    for (let c = 0; c < d; c++) {
      let mean = 0;
      for (let i = 0; i < n; i++) mean += data[i * d + c] / n;
      sum += mean * mean;
    }
    return sum;
  };
  const squared = { byRows, of: squares, whole: squares(points) };
  const gap = (most: number) => shuffledParts(space, classes, squared, 0, (x) => x, most);
  const all = await gap(1e9);
  const some = await gap(5 * 60 * 36);
  expect(all?.how).not.toContain('of 15 classes');
  expect(some?.how).toContain('(5 of 15 classes)');
  expect(some?.value).toBeGreaterThan(all?.low ?? NaN);
  expect(all?.value).toBeGreaterThan(some?.low ?? NaN);
  expect(all?.value).toBeLessThan(some?.high ?? NaN);
  // −(C − 1)/n of the trace of the covariance, which is next to 1.
  expect(all?.value).toBeCloseTo(-14 / 900, 2);
});
