import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, rows, toFloat32, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { loadGlove } from '../../../io/datasets/glove.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { rotation, turned } from '../../../testing/points.ts';
import { populationsOf } from './populations.ts';

type Points = Matrix<Float32Array>;

async function found(m: Matrix) {
  const { points } = unitOrZeroRows(toFloat32(m));
  return populationsOf(points, await referenceEngine.nearest(points, 10));
}

/** Rows of groups of one size, by a law for each value. */
function grouped(
  groups: number,
  each: number,
  d: number,
  value: (g: number, c: number) => number,
): Points {
  const out = zeros(groups * each, d);
  out.data.forEach((_, at) => {
    out.data[at] = value(Math.floor(at / d / each), at % d);
  });
  return out;
}

function stacked(a: Points, b: Points): Points {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return matrix(data, a.rows + b.rows, a.cols);
}

const rotated = (m: Points, seed = 5) => toFloat32(turned(m, rotation(m.cols, seed)));

/** One model: normal rows whose columns fall off, about a mean. */
function model(n: number, d: number, seed: number): Points {
  const random = Random.fromSeed(seed);
  return rotated(
    grouped(1, n, d, (_, c) => random.normal() / (1 + c) + (c === 1 ? 0.5 : 0)),
    seed,
  );
}

describe('rows of two models are told from clusters of one', () => {
  test.each([
    [150, 150, 24],
    [300, 60, 24],
    [100, 100, 64],
  ])('%i and %i rows of %i columns, in blocks and mixed', async (m, n, d) => {
    const both = stacked(model(m, d, 1), model(n, d, 2));
    const blocks = await found(both);
    // A row that chance puts beside rows of the other model may be counted with them.
    const right = (rows: readonly number[], from: number, to: number) =>
      rows.filter((row) => row >= from && row < to).length / (to - from);
    const middle = ({ rows }: { rows: readonly number[] }) => rows[rows.length >> 1];
    const [first, second] = blocks?.groups.toSorted((p, q) => middle(p) - middle(q)) ?? [];
    expect(right(first.rows, 0, m)).toBeGreaterThan(0.9);
    expect(right(second.rows, m, m + n)).toBeGreaterThan(0.9);
    expect(blocks?.inBlocks).toBe(true);
    const mixed = await found(gathered(both, Random.fromSeed(4).sample(m + n)));
    expect(mixed?.groups).toHaveLength(2);
    expect(mixed?.inBlocks).toBe(false);
  });

  test('GloVe’s words and the same words, or others, in a rotated basis', async () => {
    const { points } = await loadGlove();
    for (const from of [0, 3000]) {
      const others = rotated(rows(points, from, from + 300));
      const both = await found(stacked(rows(points, 0, 300), others));
      expect(both?.groups).toHaveLength(2);
      expect(both?.crossing).toBeLessThan(0.02);
    }
  });

  test('one model is one, and so are GloVe’s words', async () => {
    expect(await found(model(300, 24, 1))).toBeUndefined();
    expect(await found(rows((await loadGlove()).points, 0, 600))).toBeUndefined();
  });

  test.each([1, 2, 3, 4])('clusters of one model are one, draw %i', async (seed) => {
    const random = Random.fromSeed(seed);
    const d = 24;
    const centers = Array.from({ length: 6 * d }, () => random.normal());
    const kinds: Readonly<Record<string, (g: number, c: number) => number>> = {
      round: () => 0.5 * random.normal(),
      'of one covariance': (_, c) => random.normal() / (1 + c / 4),
      'tight, of covariances of their own': (g, c) =>
        ((g + c) % 6 === 0 ? 1 : 0.1) * 0.6 * random.normal(),
    };
    for (const [name, spread] of Object.entries(kinds)) {
      const points = grouped(6, 60, d, (g, c) => 2 * centers[g * d + c] + spread(g, c));
      expect(await found(points), name).toBeUndefined();
    }
  });

  test('too few rows, or lists of a sample only, say nothing', async () => {
    expect(await found(stacked(model(15, 24, 1), model(15, 24, 2)))).toBeUndefined();
    const { points } = unitOrZeroRows(stacked(model(100, 24, 1), model(100, 24, 2)));
    const graph = await referenceEngine.nearest(points, 10);
    expect(populationsOf(points, { ...graph, rows: Int32Array.of(1) })).toBeUndefined();
  });
});
