import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Assignment, MaybePromise, ProductLists, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import { requireSameCols } from '../kernels/assign/contract.ts';
import { requireNeighbors } from '../kernels/nearest/contract.ts';
import type { KernelPool } from './pool.ts';

/** CHUNK, WIDTH and STRIDE of kernels/tiles.as.ts. */
const CHUNK = 48;
const WIDTH = 240;
const SCORE_BYTES = (CHUNK + 1) * 4 * WIDTH;

interface Search {
  readonly queries: Float32Array;
  readonly points: Float32Array;
  readonly d: number;
  readonly k: number;
  readonly excludeSelf: boolean;
  readonly product: boolean;
}

interface Lists {
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

export function nearest(
  pool: KernelPool,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  const values = requireFloat32('wasm', 'nearest', points);
  const { rows: n, cols: d } = points;
  const search = { queries: values, points: values, d, k, excludeSelf: true, product: false };
  return after(lists(pool, 'nearest', search, n, n, work), (found) => ({ ...found, n, k }));
}

export function nearestAmong(
  pool: KernelPool,
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  const n = queries.rows;
  const found = among(pool, 'nearest-among', queries, points, k, false, work);
  return after(found, (lists) => ({ ...lists, n, k }));
}

export function largestProducts(
  pool: KernelPool,
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<ProductLists> {
  requireNeighbors(k);
  const found = among(pool, 'largest-products', queries, points, k, true, work);
  return after(found, ({ indices, distances: products }) => ({ indices, products, k }));
}

export function assign(
  pool: KernelPool,
  queries: Matrix,
  points: Matrix,
  work?: Work,
): MaybePromise<Assignment> {
  return among(pool, 'assign', queries, points, 1, false, work);
}

function among(
  pool: KernelPool,
  where: string,
  queries: Matrix,
  points: Matrix,
  k: number,
  product: boolean,
  work?: Work,
): MaybePromise<Lists> {
  requireSameCols(where, queries, points);
  const search = {
    queries: requireFloat32('wasm', where, queries),
    points: requireFloat32('wasm', where, points),
    d: points.cols,
    k,
    excludeSelf: false,
    product,
  };
  return lists(pool, where, search, queries.rows, points.rows, work);
}

function lists(
  pool: KernelPool,
  where: string,
  search: Search,
  queryCount: number,
  pointCount: number,
  work?: Work,
): MaybePromise<Lists> {
  const { d, k, excludeSelf, product } = search;
  const { memory } = pool;
  const perPoint = 8 * d + 8;
  const perQuery = (excludeSelf ? 0 : 4 * d) + 12 * k;
  memory.reset((pointCount + WIDTH) * perPoint + (queryCount + WIDTH) * perQuery);
  const blocks = Math.ceil(pointCount / WIDTH);
  const address = memory.take(64);
  const packed = memory.take(4);
  const largest = memory.take(8 * blocks);
  const points = memory.put(search.points);
  const queries = excludeSelf ? points : memory.put(search.queries);
  const columns = memory.take(4 * d * (pointCount + 8));
  const halfSquares = memory.take(4 * (pointCount + WIDTH));
  const indices = memory.take(4 * queryCount * k);
  const distances = memory.take(8 * queryCount * k);
  memory.integers(indices, queryCount * k).fill(-1);
  memory.doubles(distances, queryCount * k).fill(Infinity);
  memory.integers(packed, 1).fill(0);
  const addresses = [queries, points, columns, halfSquares, largest, packed, indices, distances];
  memory
    .integers(address, 14)
    .set([...addresses, queryCount, pointCount, d, k, excludeSelf ? 1 : 0, product ? 1 : 0]);

  const job = {
    kernel: 'nearest',
    tasks: blocks + Math.ceil(queryCount / CHUNK),
    address,
    scratchBytes: SCORE_BYTES + 4 * CHUNK * d,
    operations: 2 * queryCount * pointCount * (d + 2),
  } as const;
  return after(pool.run(where, job, work), () => ({
    indices: memory.integers(indices, queryCount * k).slice(),
    distances: memory.doubles(distances, queryCount * k).slice(),
  }));
}
