import type { Matrix } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { spanningTreeOf } from '../trees/spanning-tree.ts';

/** Undirected edges in lists by row. */
export interface PathGraph {
  readonly n: number;
  readonly to: readonly (readonly number[])[];
  readonly lengths: readonly (readonly number[])[];
}

/**
 * Rows joined to their k nearest, and along a minimum spanning tree, so that there is a path between any two; an edge is as
 * long as its distance to a power. Above 1 a path of many short steps is shorter than one long step (Fermat distance).
 */
export async function pathGraph(
  points: Matrix,
  { k, power }: { readonly k: number; readonly power: number },
  engine: Engine,
  work: Work = {},
): Promise<PathGraph> {
  const { rows: n } = points;
  const edges = Array.from({ length: n }, () => new Map<number, number>());
  const join = (a: number, b: number, length: number) => {
    edges[a].set(b, pow(length, power));
    edges[b].set(a, pow(length, power));
  };
  const near = n > 1 ? await engine.nearest(points, Math.min(k, n - 1), work) : undefined;
  near?.indices.forEach((j, e) => {
    if (j >= 0) join(Math.floor(e / near.k), j, near.distances[e]);
  });
  const tree = await spanningTreeOf(points, work);
  tree.from.forEach((a, e) => {
    join(a, tree.to[e], tree.lengths[e]);
  });
  return {
    n,
    to: edges.map((own) => [...own.keys()]),
    lengths: edges.map((own) => [...own.values()]),
  };
}

/** The lengths of the shortest paths from one row to all (Dijkstra, with a binary heap). */
export function shortestPathsFrom({ n, to, lengths }: PathGraph, start: number): Float64Array {
  const distances = new Float64Array(n).fill(Infinity);
  distances[start] = 0;
  const heap: (readonly [distance: number, row: number])[] = [[0, start]];
  while (heap.length > 0) {
    const [distance, row] = popped(heap);
    if (distance > distances[row]) continue;
    for (const [e, next] of to[row].entries()) {
      const length = distance + lengths[row][e];
      if (length >= distances[next]) continue;
      distances[next] = length;
      push(heap, [length, next]);
    }
  }
  return distances;
}

type Entry = readonly [distance: number, row: number];

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above][0] <= entry[0]) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = entry;
}

function popped(heap: Entry[]): Entry {
  const first = heap[0];
  const last = heap.pop() as Entry;
  if (heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1][0] < heap[below][0]) below += 1;
    if (heap[below][0] >= last[0]) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = last;
  return first;
}
