import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { coordinates } from './coordinates.ts';
import { ColumnRemoval } from './support/column-removal.ts';
import { conceptOf } from './support/concept.ts';
import { centerOf, type Moments, momentsAbout } from './support/moments.ts';

const N = 300;
const classes = Array.from({ length: N }, (_, i) => `${i % 2}`);

function told(columns: readonly number[]): Matrix<Float64Array> {
  const points = normalMatrix(N, 5, 2);
  for (let i = 0; i < N; i += 2) for (const c of columns) points.data[5 * i + c] += 3;
  return points;
}

test('the columns that tell the classes go, and no others', async () => {
  const { model, rank, facts } = await coordinates({ points: told([1, 3]), classes });
  expect(rank).toBe(2);
  expect([...(model.settings['columns'] as number[])].sort()).toEqual([1, 3]);
  expect(facts['errorBefore']).toBeLessThan(0.3);
  expect(facts['errorAfter']).toBeGreaterThan(0.98);
});

test('removed columns hold their mean, the others their values', async () => {
  const points = told([1]);
  const { model } = await coordinates({ points, classes }, { columns: 1 });
  const { data } = await coordinates.transform(model, points);
  for (let e = 0; e < data.length; e++)
    if (e % 5 === 1) expect(data[e]).toBe(data[1]);
    else expect(data[e]).toBe(points.data[e]);
});

test('so many columns as were asked for go', async () => {
  const points = told([1]);
  expect((await coordinates({ points, classes }, { columns: 3 })).rank).toBe(3);
  expect((await coordinates({ points, classes }, { columns: 9 })).rank).toBe(5);
});

test('with what is to be kept, the column goes whose meaning depends on the class', async () => {
  // Column 0 tells what is to be kept in both domains, column 2 with the other sign in the second.
  const points = normalMatrix(N, 4, 7);
  const kept = Array.from({ length: N }, (_, i) => (i % 4 < 2 ? 'y' : 'n'));
  for (let i = 0; i < N; i++) {
    const sign = kept[i] === 'y' ? 1 : -1;
    points.data[4 * i] += sign;
    points.data[4 * i + 2] += classes[i] === '0' ? 2 * sign : -2 * sign;
  }
  const { model, facts } = await coordinates({ points, classes, kept }, { transfer: true });
  expect((model.settings['columns'] as number[])[0]).toBe(2);
  expect(model.settings['columns']).not.toContain(0);
  expect(facts['errorAfter']).toBeLessThan(facts['errorBefore'] ?? 0);
});

test('what a removal would do to the error is what a new fit without the column has', async () => {
  const points = told([0, 1]);
  const concept = conceptOf('test', classes, N);
  const context = { engine: referenceEngine, work: {} };
  const of = (seed: number) => normalMatrix(N, 5, seed);
  const center = centerOf(points, concept);
  const moments = await momentsAbout(center, points, concept, context);
  const noisy = matrix(
    points.data.map((x, e) => x + of(9).data[e]),
    N,
    5,
  );
  const others = await momentsAbout(center, noisy, concept, context);
  const without = (own: Moments, j: number): Moments => ({
    ...own,
    squares: matrix(
      own.squares.data.map((x, e) => (e % 5 === j || Math.floor(e / 5) === j ? 0 : x)),
      5,
      5,
    ),
    cross: matrix(
      own.cross.data.map((x, e) => (e % 5 === j ? 0 : x)),
      2,
      5,
    ),
  });
  // The trace, in whose units the penalty is, changes with the column.
  const traceOf = ({ squares: { data } }: Moments) =>
    [0, 1, 2, 3, 4].reduce((sum, c) => sum + data[c * 6], 0);
  const removal = new ColumnRemoval(moments, others, 0.1);
  const { error, rises } = removal;
  for (let j = 0; j < 5; j++) {
    const fewer = without(moments, j);
    const penalty = (0.1 * traceOf(moments)) / traceOf(fewer);
    const fresh = new ColumnRemoval(fewer, without(others, j), penalty);
    expect(error + rises[j]).toBeCloseTo(fresh.error, 10);
  }
  removal.remove(3);
  // As two removals in a row: rank-one changes of all that is held.
  const fewer = without(moments, 3);
  const penalty = (0.1 * traceOf(moments)) / traceOf(fewer);
  const fresh = new ColumnRemoval(fewer, without(others, 3), penalty);
  expect(removal.error).toBeCloseTo(fresh.error, 10);
  for (const j of [0, 1, 2, 4]) expect(removal.rises[j]).toBeCloseTo(fresh.rises[j], 10);
});

test('without what is to be kept, or where no two classes share it, nothing can be carried over', async () => {
  const points = told([1]);
  await expect(coordinates({ points, classes }, { transfer: true })).rejects.toThrow(
    'coordinates: transfer needs what is to be kept of each row: kept.',
  );
  await expect(coordinates({ points, classes, kept: classes }, { transfer: true })).rejects.toThrow(
    'coordinates: what is to be kept is another thing in each class: nothing can be told from class to class.',
  );
});

test('equal rows lose no columns', async () => {
  const points = matrix(new Float64Array(12).fill(2), 6, 2);
  const names = ['a', 'b', 'a', 'b', 'a', 'b'];
  expect((await coordinates({ points, classes: names })).rank).toBe(0);
});
