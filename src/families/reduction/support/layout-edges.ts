import type { KnnGraph } from '../../../core/graph.ts';

/** Undirected edges with weights above 0, each once, in the order of their first rows. */
export interface Edges {
  /** Rows. */
  readonly n: number;
  /** First and second row of each edge, heads[e] < tails[e]. */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly weights: Float64Array;
}

/**
 * The edges of directed weights, n × k beside the lists of a graph: the weight of an edge is what `union` makes of the
 * weights there and back, 0 where a list does not name the row.
 */
export function undirectedEdges(
  graph: KnnGraph,
  directed: Float64Array,
  union: (there: number, back: number) => number,
): Edges {
  const { n } = graph;
  const { starts, entries } = listsThatName(graph);
  const most = starts[n];
  const heads = new Int32Array(most);
  const tails = new Int32Array(most);
  const weights = new Float64Array(most);
  const slots = new Int32Array(n);
  const back = new Float64Array(graph.k + longest(starts));
  let count = 0;
  for (let i = 0; i < n; i++) {
    const first = count;
    count = addOwn(graph, directed, i, { heads, tails, weights, slots }, count);
    back.fill(0, 0, count - first);
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      const entry = entries[at];
      const j = Math.floor(entry / graph.k);
      if (j < i) continue;
      const slot = slots[j] - 1;
      if (slot >= first && slot < count && tails[slot] === j) {
        back[slot - first] = directed[entry];
        continue;
      }
      heads[count] = i;
      tails[count] = j;
      weights[count] = 0;
      back[count - first] = directed[entry];
      count += 1;
    }
    let kept = first;
    for (let e = first; e < count; e++) {
      const weight = union(weights[e], back[e - first]);
      if (!(weight > 0)) continue;
      heads[kept] = i;
      tails[kept] = tails[e];
      weights[kept] = weight;
      kept += 1;
    }
    count = kept;
  }
  // Not copies: of many rows there is no room for both.
  return {
    n,
    heads: heads.subarray(0, count),
    tails: tails.subarray(0, count),
    weights: weights.subarray(0, count),
  };
}

/** Σ of the weights of each row's edges. */
export function degreesOf({ n, heads, tails, weights }: Edges): Float64Array {
  const degrees = new Float64Array(n);
  for (let e = 0; e < weights.length; e++) {
    degrees[heads[e]] += weights[e];
    degrees[tails[e]] += weights[e];
  }
  return degrees;
}

interface Filled {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly weights: Float64Array;
  /** For a row, one more than the edge that it is the second row of. */
  readonly slots: Int32Array;
}

/** Adds the edges that row i's own list names and that no earlier row has added. */
function addOwn(
  { indices, k }: KnnGraph,
  directed: Float64Array,
  i: number,
  { heads, tails, weights, slots }: Filled,
  from: number,
): number {
  let count = from;
  for (let at = i * k; at < (i + 1) * k; at++) {
    const j = indices[at];
    if (j <= i) continue;
    heads[count] = i;
    tails[count] = j;
    weights[count] = directed[at];
    slots[j] = count + 1;
    count += 1;
  }
  return count;
}

/** For each row, the entries of the graph that name it; `starts[n]` counts all. */
function listsThatName({ indices, n }: KnnGraph) {
  const starts = new Int32Array(n + 1);
  for (let at = 0; at < indices.length; at++) if (indices[at] >= 0) starts[indices[at] + 1] += 1;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const next = starts.slice(0, n);
  const entries = new Int32Array(starts[n]);
  for (let at = 0; at < indices.length; at++) {
    const i = indices[at];
    if (i < 0) continue;
    entries[next[i]] = at;
    next[i] += 1;
  }
  return { starts, entries };
}

function longest(starts: Int32Array): number {
  let most = 0;
  for (let i = 1; i < starts.length; i++) most = Math.max(most, starts[i] - starts[i - 1]);
  return most;
}
