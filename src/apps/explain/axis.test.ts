import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { explainAxis } from './axis.ts';
import { directionOf, sortByAxis } from './sort.ts';

const random = Random.fromSeed(3);
const [n, d] = [240, 6];
const points = matrix(
  Float32Array.from({ length: n * d }, () => random.normal()),
  n,
  d,
);
const labels = Array.from({ length: n }, (_, i) => `item${i}`);
const linear = Float64Array.from({ length: n }, (_, i) => points.data[i * d] + random.normal() / 5);
const bent = Float64Array.from({ length: n }, (_, i) => points.data[i * d] ** 2);

describe('an axis of scores', () => {
  test('a linear score is found on rows held out, at its ceiling, far above chance', async () => {
    const { heldOut, each } = await explainAxis({ points, labels, scores: linear }, 'ridge');
    if (!heldOut) throw new Error('nothing was held out');
    expect(heldOut.spearman.value).toBeGreaterThan(0.95);
    expect(heldOut.spearman.low).toBeLessThan(heldOut.spearman.value);
    expect(heldOut.null).toBeLessThan(0.9);
    expect(heldOut.ceiling).toBeGreaterThan(0.9);
    expect(heldOut.few.map(({ k }) => k)).toEqual([2, 8, 32]);
    const curve = heldOut.few.map(({ spearman }) => spearman.value);
    expect(curve).toEqual(curve.toSorted((a, b) => a - b));
    expect(each[0].top[0].projection).toBeGreaterThan(each[0].top[4].projection);
    expect(each[0].bottom[0].projection).toBeLessThan(each[0].bottom[4].projection);
    expect(each[0].bandDegrees).toBeLessThan(10);
  });

  test('what no direction orders is told by its ceiling', async () => {
    const { heldOut } = await explainAxis({ points, scores: bent }, 'ridge', { draws: 0 });
    expect(Math.abs(heldOut?.spearman.value ?? 1)).toBeLessThan(0.3);
    expect(heldOut?.ceiling).toBeGreaterThan(0.5);
  });

  test('scores of nothing stay with the random directions', async () => {
    const stream = Random.fromSeed(8);
    const scores = Array.from({ length: n }, () => stream.normal());
    const { heldOut } = await explainAxis({ points, scores }, 'ridge', { draws: 0 });
    expect(Math.abs(heldOut?.spearman.value ?? 1)).toBeLessThan(0.2);
  });

  test('the same rows give the same numbers', async () => {
    const input = { points, scores: linear };
    expect(await explainAxis(input, 'ridge')).toEqual(await explainAxis(input, 'ridge'));
  });

  test('too few rows are fitted to, not judged, and it is said', async () => {
    const part = matrix(points.data.slice(0, 4 * d), 4, d);
    const { heldOut, warnings } = await explainAxis(
      { points: part, scores: linear.slice(0, 4) },
      'ridge',
    );
    expect(heldOut).toBe(null);
    expect(warnings).toEqual(['Too few rows to hold any out: 4 rows for 5 parts.']);
  });
});

describe('other axes', () => {
  const classes = Array.from(linear, (x) => (x > 0 ? 'high' : 'low'));

  test('two classes, and each of three with one of a single row', async () => {
    const two = await explainAxis({ points, classes }, 'class-means', { draws: 4 });
    expect(two.heldOut?.spearman.value).toBeGreaterThan(0.6);
    const three = classes.map((own, i) => (i === 7 ? 'odd' : own));
    const { heldOut, each, warnings } = await explainAxis({ points, classes: three }, 'lda', {
      draws: 0,
    });
    expect(warnings).toContain(
      '1 class has one row: nothing tells how sure such a direction is, whatever its draws.',
    );
    expect(two.warnings).toEqual([]);
    expect(each.map(({ name }) => name)).toEqual(['high', 'low', 'odd']);
    expect(heldOut?.rows).toBe(n - 1);
  });

  test('extremes are held against scores that they were not fitted to', async () => {
    const order = Array.from(linear.keys()).sort((a, b) => linear[a] - linear[b]);
    const ends = { low: order.slice(0, 5), high: order.slice(-5) };
    const { given, heldOut } = await explainAxis({ points, ends, scores: linear }, 'extremes');
    expect(heldOut).toBe(null);
    expect(given?.spearman.value).toBeGreaterThan(given?.null ?? 1);
  });

  test('pairs are put in order by axes of other pairs', async () => {
    const moved = matrix(new Float64Array(2 * n * d), 2 * n, d);
    moved.data.set(points.data);
    moved.data.set(
      points.data.map((x, e) => x + (e % d === 2 ? 1 : 0)),
      n * d,
    );
    const pairs = {
      a: Array.from({ length: n }, (_, i) => i),
      b: Array.from({ length: n }, (_, i) => n + i),
    };
    const { ordered } = await explainAxis({ points: moved, pairs }, 'pairs', { draws: 4 });
    expect(ordered?.value).toBe(1);
  });
});

describe('rows in the order of an axis', () => {
  test('from the highest to the lowest, each between its draws', async () => {
    const { directions } = await explainAxis({ points, scores: linear }, 'ridge');
    const rows = sortByAxis(directions, points, { labels });
    expect(rows.length).toBe(n);
    const places = rows.map(({ projection }) => projection);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
    const inside = rows.filter(
      ({ low, high, projection }) => (low ?? 0) <= projection && projection <= (high ?? 0),
    );
    expect(inside.length / n).toBeGreaterThan(0.8);
    expect(rows[0].label).toBe(`item${rows[0].row}`);
  });

  test('a direction goes by its name', async () => {
    const { directions } = await explainAxis({ points, scores: linear, name: 'price' }, 'ridge');
    expect([undefined, 'price', 'age'].map((name) => directionOf(directions, name))).toEqual([
      0,
      0,
      undefined,
    ]);
  });

  test('rows of another width are refused', async () => {
    const { directions } = await explainAxis({ points, scores: linear }, 'ridge', { draws: 0 });
    const other = matrix(new Float64Array(4), 2, 2);
    expect(() => sortByAxis(directions, other)).toThrow(
      'explain sort: the directions are of a space of 6 columns; the rows have 2.',
    );
  });

  test('a row with a value that is no number is refused by its place, not sorted last', async () => {
    const { directions } = await explainAxis({ points, scores: linear }, 'ridge', { draws: 0 });
    const damaged = matrix(points.data.with(5 * d + 1, Number.NaN), n, d);
    expect(() => sortByAxis(directions, damaged)).toThrow(
      'explain sort: row 5, column 1 is NaN; expected finite numbers.',
    );
  });
});
