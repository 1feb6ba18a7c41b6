import { gathered, type Matrix } from '../../../core/matrix.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { Pair, SharedNeighbors } from '../types.ts';
import type { Lists } from './rank-penalties.ts';

/** How near two rows are: by the angle between them, or by their distance. */
export type NeighborsBy = 'cosine' | 'euclidean';

/**
 * The k nearest other rows of the same rows in both spaces: of all rows, or of `pair.sample` of them, always among all
 * rows given. By cosine, rows of zeros have no direction and are far from all others.
 */
export async function commonNeighbors(
  pair: Pair,
  k: number,
  by: NeighborsBy,
): Promise<SharedNeighbors> {
  const n = pair.all.a.rows;
  const few = n > pair.sample;
  const rows = few
    ? pair.random('neighbors').sample(n, pair.sample).sort()
    : Int32Array.from({ length: n }, (_, i) => i);
  const of = async (m: Matrix): Promise<Int32Array> => {
    const points = by === 'cosine' ? unitOrZeroRows(m).points : m;
    if (!few) return (await pair.engine.nearest(points, k, pair.work)).indices;
    const queries = gathered(points, rows);
    const found = await pair.engine.nearestAmong(queries, points, k + 1, pair.work);
    return withoutSelf(found.indices, rows, k);
  };
  // Distances are squared on the way: values whose squares overflow are scaled first.
  const { a, b } = by === 'cosine' ? pair.all : pair.evened().all;
  return { rows, k, a: await of(a), b: await of(b) };
}

/** The first k of k + 1 found that are not the query; a row lost among its duplicates loses the last. */
function withoutSelf(found: Int32Array, queries: Int32Array, k: number): Int32Array {
  const out = new Int32Array(queries.length * k);
  for (let q = 0; q < queries.length; q++) {
    const list = found.subarray(q * (k + 1), (q + 1) * (k + 1)).filter((j) => j !== queries[q]);
    out.set(list.subarray(0, k), q * k);
  }
  return out;
}

/** The k nearest of longer lists. */
export function nearestOf(lists: SharedNeighbors, k: number): SharedNeighbors {
  if (lists.k === k) return lists;
  const first = (indices: Int32Array) =>
    Int32Array.from(
      { length: lists.rows.length * k },
      (_, at) => indices[Math.floor(at / k) * lists.k + (at % k)],
    );
  return { rows: lists.rows, k, a: first(lists.a), b: first(lists.b) };
}

/** For each query, how many of its k neighbours in a are among those in b. */
export function commonCounts({ a, b, k, rows }: SharedNeighbors): Int32Array {
  const counts = new Int32Array(rows.length);
  const seen = new Set<number>();
  for (let q = 0; q < rows.length; q++) {
    seen.clear();
    for (let j = q * k; j < (q + 1) * k; j++) seen.add(a[j]);
    for (let j = q * k; j < (q + 1) * k; j++) if (b[j] >= 0 && seen.has(b[j])) counts[q]++;
  }
  return counts;
}

/** Which of many copies of a row are its k nearest is not for distances to say. */
export function copiesWarning(
  { rows, k, indices }: Lists,
  { data, cols: d }: Matrix,
  name: string,
): string[] {
  let count = 0;
  for (let q = 0; q < rows.length; q++) {
    const last = indices[q * k + k - 1];
    if (squaredDistance(data, rows[q] * d, data, last * d, d) === 0) count += 1;
  }
  if (count === 0) return [];
  return [
    `${count} of ${rows.length} rows have ${k} or more copies in ${name}: which of these are its neighbours is chance.`,
  ];
}
