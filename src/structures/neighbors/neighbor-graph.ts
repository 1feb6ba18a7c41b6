import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { firstNeighbors, knownNeighbors } from './neighbor-lists.ts';
import { approximateGraph, fewestRows } from './support/approximate-graph.ts';
import { otherDistances } from './support/known-lists.ts';

/**
 * Rows up to which lists of k are exact: between where the search takes the processor time of all pairs on the wasm
 * engine and where it does on the native one (docs/performance/neighbor-graph.md).
 */
export function exactRowsFor(k: number): number {
  return 40_000 + 700 * k;
}

export interface NeighborGraphOptions extends Work {
  readonly engine: Engine;
  /** What an approximate graph draws from. */
  readonly random: Random;
  /** Lists that are known already: taken where they are long enough, else a sentence says so. */
  readonly neighbors?: KnnGraph | undefined;
  /** Rows up to which all pairs are compared, where not `exactRowsFor(k)`. */
  readonly exactRows?: number | undefined;
}

export interface NeighborGraph {
  /** n lists of min(k, n − 1), Euclidean, nearest first. */
  readonly graph: KnnGraph;
  /** Share of the true neighbours that the lists hold, estimated on exactly solved rows; left out where they are exact. */
  readonly recall?: { readonly value: number; readonly low: number; readonly high: number };
  /** What to say of lists that were given. */
  readonly warnings: readonly string[];
}

/** What to say of lists from elsewhere that are shorter than wanted, and so are not taken. */
export function tooShort({ k }: KnnGraph, wanted: number): string {
  return `The lists of ${k} neighbours that were given are too short, ${wanted} are asked for: they were looked for anew.`;
}

/**
 * The k nearest other rows of each row: exact for up to `exactRows` rows, approximate beyond, with the recall
 * estimated on 500 rows. The same bytes for the same stream on every fast engine.
 */
export async function neighborGraph(
  points: Matrix,
  k: number,
  { neighbors, exactRows = exactRowsFor(k), ...context }: NeighborGraphOptions,
): Promise<NeighborGraph> {
  const wanted = Math.max(1, Math.min(k, points.rows - 1));
  const known = neighbors && !neighbors.rows ? knownNeighbors(neighbors, points) : undefined;
  if (known && known.k >= wanted)
    return { graph: firstNeighbors(known, wanted), warnings: otherDistances(known, points) };
  const warnings = known ? [tooShort(known, wanted)] : [];
  if (points.rows > Math.max(exactRows, fewestRows(wanted)))
    return { ...(await approximateGraph(points, wanted, context)), warnings };
  const { engine, signal, onProgress } = context;
  return { graph: await engine.nearest(points, wanted, { signal, onProgress }), warnings };
}
