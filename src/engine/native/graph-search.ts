import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import {
  type Diversify,
  degreeOf,
  type GraphFound,
  type GraphSearch,
  widthOf,
} from '../kernels/graph-search/contract.ts';
import { operationsOf, roomFor } from '../kernels/graph-search/room.ts';
import type { NativePool } from './pool.ts';

export function searchGraph(
  pool: NativePool,
  search: GraphSearch,
  work?: Work,
): MaybePromise<GraphFound> {
  const degree = degreeOf(search);
  const { queries, points, neighbors, entries, effort, k, product, allowed } = search;
  const found = roomFor(search);
  const flags = [product ? 1 : 0, allowed ? 1 : 0];
  const sizes = [queries.rows, points.rows, points.cols, degree, entries.length];
  const rows = [queries, points].map((m) => requireFloat32('native', 'graph-search', m));
  const job = {
    kernel: 'graph_search',
    numbers: [...sizes, Math.max(effort, k), k, ...flags],
    arrays: [
      ...rows,
      neighbors,
      entries,
      allowed ?? new Uint8Array(1),
      found.rows,
      found.scores,
      found.scanned,
    ],
    operations: operationsOf(search, degree),
  };
  return after(pool.run('graph-search', job, work), () => found);
}

export function diversify(
  pool: NativePool,
  request: Diversify,
  work?: Work,
): MaybePromise<Int32Array> {
  const width = widthOf(request);
  const { points, owners, candidates, degree, alpha } = request;
  const kept = new Int32Array(owners.length * degree).fill(-1);
  const job = {
    kernel: 'diversify',
    numbers: [owners.length, points.cols, width, degree, alpha],
    arrays: [requireFloat32('native', 'diversify', points), owners, candidates, kept],
    operations: owners.length * width * (degree / 2) * points.cols,
  };
  return after(pool.run('diversify', job, work), () => kept);
}
