import type { KnnGraph } from '../../../core/graph.ts';
import { gathered, type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { meanRecall, type Recall } from '../mean-recall.ts';

/** Rows whose true neighbours are known. */
export interface SolvedRows {
  readonly rows: Int32Array;
  /** Distances of the k nearest others of each, ascending. */
  readonly distances: Float64Array;
  readonly k: number;
}

/** Points that a search meets at a time: fast engines keep a copy of them. */
const SLAB = 65_536;

/** The distances of the k nearest other rows of some rows, exactly. */
export async function solvedRows(
  points: Matrix,
  rows: Int32Array,
  k: number,
  engine: Engine,
  work: Work,
): Promise<SolvedRows> {
  const queries = gathered(points, rows);
  const distances = new Float64Array(rows.length * k).fill(Infinity);
  for (let first = 0; first < points.rows; first += SLAB) {
    const slab = rowsOf(points, first, Math.min(points.rows, first + SLAB));
    const found = await engine.nearestAmong(queries, slab, Math.min(k + 1, slab.rows), work);
    for (let q = 0; q < rows.length; q++) mergeList(found, q, rows[q] - first, distances, k);
  }
  return { rows, distances, k };
}

/** Joins list q of a graph, less the row itself, to the k distances known of it. */
function mergeList(found: KnnGraph, q: number, self: number, known: Float64Array, k: number): void {
  const fresh: number[] = [];
  for (let r = q * found.k; r < (q + 1) * found.k; r++) {
    if (found.indices[r] !== self) fresh.push(found.distances[r]);
  }
  const all = Float64Array.from([...known.subarray(q * k, (q + 1) * k), ...fresh]).sort();
  known.set(all.subarray(0, k), q * k);
}

/** Mean over the solved rows of the share of the k nearest that their lists hold. */
export function recallAt(graph: KnnGraph, solved: SolvedRows, k: number): number {
  let sum = 0;
  for (let q = 0; q < solved.rows.length; q++) sum += recallOfList(graph, solved, q, k);
  return sum / solved.rows.length;
}

/** Entries no farther than the kth nearest count: equal distances may stand for one another. */
function recallOfList(graph: KnnGraph, solved: SolvedRows, q: number, k: number): number {
  const farthest = solved.distances[q * solved.k + k - 1];
  const list = solved.rows[q] * graph.k;
  let hits = 0;
  for (let r = list; r < list + k; r++) if (graph.distances[r] <= farthest) hits += 1;
  return hits / k;
}

/** The recall of a graph on rows whose true neighbours are known. */
export function recallOf(graph: KnnGraph, solved: SolvedRows): Recall {
  const m = solved.rows.length;
  return meanRecall(
    Float64Array.from({ length: m }, (_, q) => recallOfList(graph, solved, q, solved.k)),
  );
}
