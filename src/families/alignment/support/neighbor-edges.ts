import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { Random } from '../../../core/random.ts';
import type { SparseMatrix } from '../../../core/sparse.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { medianInPlace } from '../../../numerics/statistics/averages.ts';

const WHERE = 'neighborEdges';
/** Pairs whose median squared distance is the unit of the similarity. */
const PAIRS = 10_000;

export interface EdgeOptions {
  /** How many other things each row is joined to: one number, or one for each row. Default: 30. */
  readonly k?: number | ArrayLike<number> | undefined;
  /** Join each row to itself too: a hyperedge has the thing whose list it is as a vertex. Default: false. */
  readonly itself?: boolean | undefined;
  readonly seed?: number | undefined;
}

/**
 * Weighted lists of the rows of one view that are nearest to each row of another, by direction; the view itself where
 * both are the same. Row i of either is about thing i:
 *
 *     K_ij = exp(−‖x̂ᵢ − ŷⱼ‖²/m),   j ≠ i among the k rows of Y nearest to xᵢ
 *
 * m the median of ‖x̂ − ŷ‖² over 10,000 pairs drawn at random. n × n, k numbers a row; all pairs are compared, O(n²d).
 */
export async function neighborEdges(
  from: GivenPoints,
  to: GivenPoints,
  { k = 30, itself = false, seed = 0 }: EdgeOptions = {},
  options: RunOptions = {},
): Promise<SparseMatrix> {
  const x = directions('from', from);
  const y = to === from ? x : directions('to', to);
  const { rows: n } = x;
  if (y.rows !== n || y.cols !== x.cols || n < 2)
    throw new ShapeError(
      WHERE,
      'two views of the same things in one space, two rows or more',
      `${n} × ${x.cols} and ${y.rows} × ${y.cols}`,
    );
  const wanted = countsOf(k, n);
  const run = new MethodRun(options);
  const engine = await run.engineFor(x);
  const unit = medianSquare(x, y, Random.fromSeed(seed).fork(WHERE));
  const lists: { j: number; squared: number }[][] = new Array(n);
  for (const count of new Set(wanted)) {
    const rows = Int32Array.from(wanted.keys()).filter((i) => wanted[i] === count);
    const most = Math.min(n, count + 1);
    const found = await engine.nearestAmong(gathered(x, rows), y, most, { signal: run.signal });
    rows.forEach((i, at) => {
      lists[i] = others(found, at, i).slice(0, count);
      if (itself) lists[i].unshift({ j: i, squared: squaredDistance(x, i, y, i) });
    });
  }
  return joined(lists, unit);
}

/** Hyperedges of several views, one below the other. */
export function stackedEdges(parts: readonly SparseMatrix[]): SparseMatrix {
  const cols = parts[0]?.cols ?? 0;
  const odd = parts.find((part) => part.cols !== cols);
  if (odd || parts.length < 1)
    throw new ShapeError(
      'stackedEdges',
      'edges among equally many things',
      `${odd?.cols ?? 'none'}`,
    );
  const offsets = [0];
  let before = 0;
  for (const { offsets: own } of parts) {
    for (const offset of own.subarray(1)) offsets.push(before + offset);
    before += own[own.length - 1];
  }
  const [columns, values] = [new Int32Array(before), new Float64Array(before)];
  let at = 0;
  for (const part of parts) {
    columns.set(part.columns, at);
    values.set(part.values, at);
    at += part.values.length;
  }
  return { rows: offsets.length - 1, cols, offsets: Int32Array.from(offsets), columns, values };
}

function directions(name: string, given: GivenPoints): Matrix {
  return unitOrZeroRows(requireFinite(`${WHERE}, ${name}`, givenPoints(WHERE, given))).points;
}

function countsOf(k: number | ArrayLike<number>, n: number): Int32Array {
  const counts = typeof k === 'number' ? new Int32Array(n).fill(k) : Int32Array.from(k);
  if (counts.length !== n)
    throw new ShapeError(WHERE, `k for each of ${n} rows`, `${counts.length}`);
  const odd = counts.findIndex((count) => !(count >= 1));
  if (odd >= 0) throw new InputError(WHERE, `expected k of 1 or more; got ${counts[odd]}.`);
  return counts.map((count) => Math.min(count, n - 1));
}

function others({ indices, distances, k }: KnnGraph, list: number, self: number) {
  const found: { j: number; squared: number }[] = [];
  for (let e = list * k; e < (list + 1) * k; e++)
    if (indices[e] >= 0 && indices[e] !== self)
      found.push({ j: indices[e], squared: distances[e] ** 2 });
  return found;
}

/** Where all pairs that were drawn are equal, 1. */
function medianSquare(x: Matrix, y: Matrix, random: Random): number {
  const squares = Float64Array.from({ length: PAIRS }, () => {
    const i = random.integer(x.rows);
    return squaredDistance(x, i, y, (i + 1 + random.integer(x.rows - 1)) % x.rows);
  });
  return medianInPlace(squares) || 1;
}

function squaredDistance(x: Matrix, i: number, y: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < x.cols; c++) sum += (x.data[i * x.cols + c] - y.data[j * x.cols + c]) ** 2;
  return sum;
}

function joined(
  lists: readonly (readonly { readonly j: number; readonly squared: number }[])[],
  unit: number,
): SparseMatrix {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((own, i) => {
    offsets[i + 1] = offsets[i] + own.length;
  });
  const all = lists.flat();
  return {
    rows: lists.length,
    cols: lists.length,
    offsets,
    columns: Int32Array.from(all, ({ j }) => j),
    values: Float64Array.from(all, ({ squared }) => exp(-squared / unit)),
  };
}
