import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { firstNeighbors, knownNeighbors } from './neighbor-lists.ts';

export interface NeighborGraphOptions extends Work {
  readonly engine: Engine;
  /** What an approximate graph draws from. */
  readonly random: Random;
  /** Lists that are known already: taken where they are long enough. */
  readonly neighbors?: KnnGraph | undefined;
}

export interface NeighborGraph {
  /** n lists of min(k, n − 1), Euclidean, nearest first. */
  readonly graph: KnnGraph;
  /** Share of the true neighbours that the lists hold, estimated on exactly solved rows; left out where they are exact. */
  readonly recall?: { readonly value: number; readonly low: number; readonly high: number };
}

/** The k nearest other rows of each row. */
export async function neighborGraph(
  points: Matrix,
  k: number,
  { engine, neighbors, signal, onProgress }: NeighborGraphOptions,
): Promise<NeighborGraph> {
  const wanted = Math.max(1, Math.min(k, points.rows - 1));
  if (neighbors && !neighbors.rows && neighbors.k >= wanted)
    return { graph: firstNeighbors(knownNeighbors(neighbors, points), wanted) };
  return { graph: await engine.nearest(points, wanted, { signal, onProgress }) };
}
