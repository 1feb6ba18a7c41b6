import type { Matrix } from '../../../../core/matrix.ts';
import { squaredDistance } from '../../../../engine/kernels/squared-distance.ts';

/** A class that is born when edges of the one length are there and dies at the other. */
export interface Bar {
  readonly birth: number;
  readonly death: number;
}

/**
 * Persistent homology of degree 1 over ℤ/2 of the Vietoris–Rips filtration of n points: bars of positive
 * length, longest first.
 *
 * Cohomology: columns are coboundaries of edges, longest edge first; edges of the spanning tree are
 * cleared, they bear classes of degree 0. A triangle is its longest edge's rank and the vertex opposite.
 * Lengths beyond the least radius around a point are cut: everything is filled there. Bauer, Ripser
 * (2021). O(n³) memory-free but for what the reduction keeps; meant for n ≤ 300.
 */
export function ripsBars({ data: x, rows, cols: d }: Matrix): Bar[] {
  return ripsBarsOf(rows, (i, j) => Math.sqrt(squaredDistance(x, i * d, x, j * d, d)));
}

/** The same of n points by the distances between them. */
export function ripsBarsOf(n: number, distance: (i: number, j: number) => number): Bar[] {
  const complex = ripsEdges(n, distance);
  const { count, lengths, tree } = complex;
  const owner = new Map<number, number>();
  const parts = new Map<number, number[]>();
  const bars: Bar[] = [];
  for (let edge = count - 1; edge >= 0; edge--) {
    if (tree[edge]) continue;
    const column = new Column();
    const made = [edge];
    pushCoboundary(complex, edge, column);
    let pivot = column.pivot();
    for (let other = owner.get(pivot); other !== undefined; other = owner.get(pivot)) {
      for (const part of parts.get(other) ?? [other]) {
        made.push(part);
        pushCoboundary(complex, part, column);
      }
      pivot = column.pivot();
    }
    if (pivot < 0) continue;
    owner.set(pivot, edge);
    if (made.length > 1) parts.set(edge, oddOnes(made));
    const death = lengths[Math.floor(pivot / n)];
    if (death > lengths[edge]) bars.push({ birth: lengths[edge], death });
  }
  return bars.sort((a, b) => b.death - b.birth - (a.death - a.birth) || a.birth - b.birth);
}

interface RipsEdges {
  readonly n: number;
  readonly count: number;
  /** Ends of the edges in order of their lengths. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly lengths: Float64Array;
  /** Rank of the edge between two points, −1 where it is cut; n × n. */
  readonly rank: Int32Array;
  /** 1 for edges that join two components when they come. */
  readonly tree: Uint8Array;
}

function ripsEdges(n: number, distance: (i: number, j: number) => number): RipsEdges {
  const all: { i: number; j: number; length: number }[] = [];
  const farthest = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const length = distance(i, j);
      all.push({ i, j, length });
      farthest[i] = Math.max(farthest[i], length);
      farthest[j] = Math.max(farthest[j], length);
    }
  }
  const cut = farthest.reduce((a, b) => Math.min(a, b), Infinity);
  const edges = all
    .filter(({ length }) => length <= cut)
    .sort((a, b) => a.length - b.length || a.i - b.i || a.j - b.j);
  const rank = new Int32Array(n * n).fill(-1);
  const tree = new Uint8Array(edges.length);
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (root[at] !== at) at = root[at];
    return at;
  };
  for (const [r, { i, j }] of edges.entries()) {
    rank[i * n + j] = r;
    rank[j * n + i] = r;
    const [a, b] = [find(i), find(j)];
    if (a === b) continue;
    root[a] = b;
    tree[r] = 1;
  }
  return {
    n,
    count: edges.length,
    from: Int32Array.from(edges, ({ i }) => i),
    to: Int32Array.from(edges, ({ j }) => j),
    lengths: Float64Array.from(edges, ({ length }) => length),
    rank,
    tree,
  };
}

/** Adds all triangles on an edge: rank of the longest edge times n, plus the vertex opposite to it. */
function pushCoboundary({ n, from, to, rank }: RipsEdges, edge: number, column: Column): void {
  const [i, j] = [from[edge], to[edge]];
  for (let v = 0; v < n; v++) {
    if (v === i || v === j) continue;
    const [a, b] = [rank[i * n + v], rank[j * n + v]];
    if (a < 0 || b < 0) continue;
    if (edge > a && edge > b) column.push(edge * n + v);
    else if (a > b) column.push(a * n + j);
    else column.push(b * n + i);
  }
}

/** Those that occur an odd number of times. */
function oddOnes(list: readonly number[]): number[] {
  const odd = new Set<number>();
  for (const item of list) if (!odd.delete(item)) odd.add(item);
  return [...odd];
}

/** A sum over ℤ/2 of numbers: a binary heap in which equal ones cancel when they come up. */
class Column {
  readonly #heap: number[] = [];

  push(value: number): void {
    const heap = this.#heap;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent] <= value) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = value;
  }

  /** The least number that does not cancel, which stays; −1 where there is none. */
  pivot(): number {
    while (this.#heap.length > 0) {
      const least = this.#pop();
      if (this.#heap[0] === least) {
        this.#pop();
        continue;
      }
      this.push(least);
      return least;
    }
    return -1;
  }

  #pop(): number {
    const heap = this.#heap;
    const least = heap[0];
    const last = heap.pop() ?? 0;
    const length = heap.length;
    if (length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && heap[child + 1] < heap[child]) child += 1;
      if (heap[child] >= last) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return least;
  }
}
