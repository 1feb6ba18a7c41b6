import type { KnnGraph } from '../../core/graph.ts';
import { rowOfList } from './neighbor-lists.ts';

/** Rows of each component, the largest first. */
export function componentsOf(graph: KnnGraph, n: number): number[][] {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let list = 0; list < graph.n; list++) {
    const i = rowOfList(graph, list);
    for (let r = list * graph.k; r < (list + 1) * graph.k; r++) {
      const j = graph.indices[r];
      if (j >= 0) parent[rootOf(i)] = rootOf(j);
    }
  }
  const members = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const root = rootOf(i);
    const known = members.get(root);
    if (known) known.push(i);
    else members.set(root, [i]);
  }
  return [...members.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/**
 * A sentence for people where a graph falls apart, for what is to be read off it cannot say how its parts lie to
 * each other; undefined where it is connected.
 */
export function partsInWords(graph: KnnGraph, n: number): string | undefined {
  const sizes = componentsOf(graph, n).map((part) => part.length);
  if (sizes.length <= 1) return undefined;
  const named = sizes.slice(0, 3).join(', ') + (sizes.length > 3 ? ' …' : '');
  return `the neighbor graph with k = ${graph.k} falls into ${sizes.length} parts (rows: ${named}); how they lie to one another cannot be read off it; a larger k may join them.`;
}
