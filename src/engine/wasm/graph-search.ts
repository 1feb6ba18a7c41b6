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
import { referenceEngine } from '../reference.ts';
import type { KernelMemory } from './memory.ts';
import type { KernelPool } from './pool.ts';

const ENTRY_BYTES = 16;

export function searchGraph(
  pool: KernelPool,
  search: GraphSearch,
  work?: Work,
): MaybePromise<GraphFound> {
  const degree = degreeOf(search);
  const { queries, points, neighbors, entries, k, product, allowed } = search;
  const [m, n, d] = [queries.rows, points.rows, points.cols];
  const rows = [queries, points].map((own) => requireFloat32('wasm', 'graph-search', own));
  const operations = operationsOf(search, degree);
  // The same bytes, without a copy of all rows.
  if (operations < n * (d + degree)) return referenceEngine.searchGraph(search, work);
  const found = roomFor(search);
  const { memory } = pool;
  const effort = Math.min(n, Math.max(search.effort, k));
  memory.reset(4 * (n * (d + degree) + m * (d + 3 * k + 2)) + n + 4096);
  const address = memory.take(128);
  const values = rows.map((own) => memory.put(own));
  const lists = [neighbors, entries].map((own) => putIntegers(memory, own));
  const filter = memory.take(n);
  if (allowed) memory.bytes(filter, n).set(allowed);
  const out = [memory.take(4 * m * k), memory.take(8 * m * k), memory.take(8 * m)];
  memory.integers(out[0], m * k).fill(-1);
  memory.doubles(out[1], m * k).fill(-Infinity);
  const sizes = [m, n, d, degree, entries.length, effort, k, product ? 1 : 0, allowed ? 1 : 0];
  memory.integers(address, 17).set([...values, ...lists, filter, ...out, ...sizes]);
  const job = {
    kernel: 'graph_search',
    tasks: Math.ceil(m / 8),
    address,
    scratchBytes:
      64 +
      8 * (d + Math.ceil(Math.max(degree, entries.length) / 2) + Math.ceil(n / 64)) +
      ENTRY_BYTES * (2 + (allowed ? n : effort)),
    operations,
  } as const;
  return after(pool.run('graph-search', job, work), () => {
    found.rows.set(memory.integers(out[0], m * k));
    found.scores.set(memory.doubles(out[1], m * k));
    found.scanned.set(memory.doubles(out[2], m));
    return found;
  });
}

export function diversify(
  pool: KernelPool,
  request: Diversify,
  work?: Work,
): MaybePromise<Int32Array> {
  const width = widthOf(request);
  const { points, owners, candidates, degree, alpha } = request;
  const m = owners.length;
  const data = requireFloat32('wasm', 'diversify', points);
  const { memory } = pool;
  memory.reset(data.byteLength + 4 * m * (1 + width + degree) + 4096);
  const address = memory.take(64);
  const values = [memory.put(data), ...[owners, candidates].map((own) => putIntegers(memory, own))];
  const kept = memory.take(4 * m * degree);
  memory.integers(kept, m * degree).fill(-1);
  memory.integers(address, 4).set([...values, kept]);
  memory.doubles(address + 16, 1)[0] = alpha * alpha;
  memory.integers(address + 24, 4).set([m, points.cols, width, degree]);
  const job = {
    kernel: 'diversify',
    tasks: Math.ceil(m / 8),
    address,
    scratchBytes: 64 + ENTRY_BYTES * (width + 1),
    operations: m * width * (degree / 2) * points.cols,
  } as const;
  return after(pool.run('diversify', job, work), () => memory.integers(kept, m * degree).slice());
}

function putIntegers(memory: KernelMemory, values: Int32Array): number {
  const address = memory.take(values.byteLength);
  memory.integers(address, values.length).set(values);
  return address;
}
