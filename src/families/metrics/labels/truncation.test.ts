import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { unitRows as scaled } from '../../../core/rows.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { rotation, turned, uniformRows } from '../../../testing/points.ts';
import { createSpace } from '../index.ts';
import { linearProbeAccuracy } from './linear-probe-accuracy.ts';
import { numbered } from './support/classes.ts';
import { principalCoordinates, ridgeOf, ridgeProbe } from './support/linear-probe.ts';
import {
  columnCurve,
  dimensionsKept,
  gridOf,
  principalCurve,
  risingFit,
  truncationProblem,
} from './support/truncated-probe.ts';
import { truncation } from './truncation.ts';

const DEFAULTS = { keep: 0.99, order: 'first', ridge: 0.1 } as const;

/** The chosen columns of the rows. */
function columnsOf({ data, rows: n, cols: d }: Matrix, columns: readonly number[]) {
  const out = zeros64(n, columns.length);
  for (let i = 0; i < n; i++) {
    for (const [at, c] of columns.entries()) out.data[i * columns.length + at] = data[i * d + c];
  }
  return out;
}

describe('the curves', () => {
  const n = 90;
  const names = numbered(classesInTurn(3)(n).classes ?? []);
  const points = scaled('points', turned(classRows(n, 7, 3, 0.5, 4), rotation(7, 1))).points;
  const wanted = async (rows: Matrix, penalty: number) => {
    const principal = await principalCoordinates(rows, referenceEngine);
    const fit = await ridgeProbe(
      ridgeOf(principal, penalty / principal.level),
      names,
      referenceEngine,
    );
    return fit.withoutRow.filter((found, i) => found === names.of[i]).length / n;
  };

  test('are those of a probe fitted to the first m columns, in any order, for every m', async () => {
    const problem = await truncationProblem(points, names, 0.1, referenceEngine);
    for (const order of [
      [0, 1, 2, 3, 4, 5, 6],
      [3, 6, 0, 2, 5, 1, 4],
    ]) {
      const { accuracy } = await columnCurve(problem, order, gridOf(7));
      for (let m = 1; m <= 7; m++) {
        const rows = columnsOf(points, order.slice(0, m));
        expect(accuracy[m - 1]).toBeCloseTo(await wanted(rows, problem.penalty), 12);
      }
    }
  });

  test('along principal axes are those of the rows in these axes', async () => {
    const problem = await truncationProblem(points, names, 0.1, referenceEngine);
    const { accuracy } = await principalCurve(problem, gridOf(7));
    const { coordinates } = await principalCoordinates(points, referenceEngine);
    for (let m = 1; m <= 7; m++) {
      const rows = columnsOf(coordinates, [...Array(m).keys()]);
      expect(accuracy[m - 1]).toBeCloseTo(await wanted(rows, problem.penalty), 12);
    }
  });

  test('end with the accuracy of linear-probe-accuracy', async () => {
    const facts = classesInTurn(3)(n);
    const { series } = await truncation(points, {}, facts);
    const { value } = await linearProbeAccuracy(points, {}, facts);
    expect(series?.y[6]).toBeCloseTo(value, 12);
  });

  test('fewer rows than columns are no trouble', async () => {
    const few = uniformRows(20, 30, 3);
    const classes = numbered(classesInTurn(2)(20).classes ?? []);
    const problem = await truncationProblem(few, classes, 0.1, referenceEngine);
    const { accuracy } = await columnCurve(problem, [...Array(30).keys()], [30]);
    const { value } = await linearProbeAccuracy(few, {}, classesInTurn(2)(20));
    expect(accuracy[0]).toBeCloseTo(value, 12);
  });
});

describe('dimensions kept', () => {
  test('the grid has every number to 16, then eight to a doubling, and ends with all', () => {
    expect(gridOf(5)).toEqual([1, 2, 3, 4, 5]);
    expect(gridOf(1)).toEqual([1]);
    const grid = gridOf(512);
    expect(grid.slice(0, 18)).toEqual([...Array(17).keys()].map((m) => m + 1).concat(19));
    for (const half of [32, 64, 128, 256]) expect(grid).toContain(half);
    expect(grid.at(-1)).toBe(512);
    expect(new Set(grid).size).toBe(grid.length);
  });

  test('the rising curve pools neighbours that fall', () => {
    expect([...risingFit([1, 3, 2, 4])]).toEqual([1, 2.5, 2.5, 4]);
    expect([...risingFit([3, 2, 1])]).toEqual([2, 2, 2]);
  });

  test('a single lucky point keeps nothing by itself', () => {
    const grid = [1, 2, 3, 4, 5];
    expect(dimensionsKept([0.2, 1, 0.5, 0.99, 1], grid, 0.99)).toBe(4);
    expect(dimensionsKept([0.2, 0.5, 0.8, 0.9, 1], grid, 0.99)).toBe(5);
  });
});

describe('truncation', () => {
  /** Three classes told apart by their means in a few of the columns, all others noise. */
  const planted = (n: number, d: number, telling: readonly number[], seed: number) => {
    const random = Random.fromSeed(seed);
    const rows = zeros64(n, d);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < d; c++) rows.data[i * d + c] = random.normal();
      const column = telling[i % telling.length];
      rows.data[i * d + column] += 6;
    }
    return rows;
  };

  test('is the place of the last column that tells the classes apart', async () => {
    const n = 600;
    const facts = classesInTurn(3)(n);
    for (const last of [3, 10, 17]) {
      const {
        value,
        low = NaN,
        high = NaN,
      } = await truncation(planted(n, 20, [0, last - 1, 19], 2), {}, facts);
      expect([low <= value, value <= high]).toEqual([true, true]);
      expect(Math.abs(value - last / 20)).toBeLessThanOrEqual(0.05);
    }
  });

  test('first columns that say it all are better than random orders, last ones worse', async () => {
    const [n, d] = [600, 48];
    const facts = classesInTurn(6)(n);
    const [early, late] = [
      [0, 1, 2, 3, 4, 5],
      [42, 43, 44, 45, 46, 47],
    ].map((telling) => planted(n, d, telling, 2));
    const good = await truncation(early, {}, facts);
    expect(good.value).toBeLessThan(good.null?.low ?? 0);
    expect(good.null?.pValue).toBeLessThan(0.01);
    expect(good.null?.how).toMatch(/^simulated, 12 random orders of the columns/);
    expect((await truncation(late, {}, facts)).value).toBeGreaterThan(0.9);
    const { value } = await truncation(late, { order: 'principal' }, facts);
    expect(value).toBeLessThan(0.3);
  });

  test('the table has the curves by halves, and the shares that keep as much', async () => {
    const facts = classesInTurn(3)(300);
    const {
      table = [],
      value,
      low,
      high,
    } = await truncation(planted(300, 24, [0, 1, 2], 2), {}, facts);
    expect(table.map(({ dimensions }) => dimensions)).toEqual([
      '2 of 24',
      '3 of 24',
      '6 of 24',
      '12 of 24',
      '24 of 24',
      'share keeping 99 %',
    ]);
    expect(table.at(-1)).toMatchObject({ first: value, low, high });
    const { first, random, principal } = table.at(-2) as Record<
      'first' | 'random' | 'principal',
      number
    >;
    expect([random, principal]).toEqual([expect.closeTo(first, 12), first]);
  });

  test('the interval holds what n rows say on average in 9 of 10 sets', async () => {
    const [n, sets] = [300, 40];
    const random = Random.fromSeed(1);
    const means = Float64Array.from(
      { length: 4 * 16 },
      (_, e) => random.normal() / (1 + (e % 16) / 6),
    );
    const found: { value: number; low: number; high: number }[] = [];
    for (let r = 0; r < sets; r++) {
      const stream = random.fork(r);
      const of = Array.from({ length: n }, () => stream.integer(4));
      const data = Float64Array.from(
        { length: n * 16 },
        (_, e) => means[of[Math.floor(e / 16)] * 16 + (e % 16)] + stream.normal(),
      );
      const { points } = scaled('set', matrix(data, n, 16));
      const space = createSpace(points, referenceEngine, {}, { classes: of.map(String), seed: r });
      const { value, low = NaN, high = NaN } = await truncation.measure(space, DEFAULTS);
      found.push({ value, low, high });
    }
    const truth = found.reduce((sum, { value }) => sum + value, 0) / sets;
    const held = found.filter(({ low, high }) => low <= truth && truth <= high).length;
    expect(held).toBeGreaterThanOrEqual(0.9 * sets);
  });

  test('says where there is nothing to keep, where rows are few, and where a sample had to do', async () => {
    const points = uniformRows(200, 8, 5);
    const { warnings } = await truncation(points, {}, classesInTurn(2)(200));
    expect(warnings.join(' ')).toMatch(/there is nothing to keep\. what may be lost is 1 row:/);
    const [n, d] = [40_500, 100];
    const turns = Array.from({ length: n }, (_, i) => i % 39);
    const many = gathered(planted(40, d, [0, 1, 2], 1), turns);
    const sampled = await truncation(
      matrix(Float32Array.from(many.data), n, d),
      {},
      { classes: turns.map((turn) => `${turn % 3}`) },
    );
    expect(sampled.warnings[0]).toBe('fitted to a sample of 40000 of the 40500 rows.');
  });

  test('one class, equal rows and too many columns give a sentence in place of a number', async () => {
    const one = await truncation(uniformRows(20, 3, 1), {}, { classes: Array(20).fill('a') });
    expect([one.value, one.warnings[0]]).toEqual([NaN, expect.stringContaining('2 classes')]);
    const equal = matrix(new Float64Array(60).fill(1), 20, 3);
    const none = await truncation(equal, {}, classesInTurn(2)(20));
    expect(none.warnings).toEqual(['all rows are equal.']);
    const wide = await truncation(uniformRows(6, 5000, 1), {}, classesInTurn(2)(6));
    expect(wide.warnings).toEqual(['5000 columns are more than 4096.']);
  });
});

describeMetricLaws(truncation, { rotation: false, facts: classesInTurn(3) });
