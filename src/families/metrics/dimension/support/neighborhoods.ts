import type { KnnGraph } from '../../../../core/graph.ts';
import { type Floats, matrix } from '../../../../core/matrix.ts';
import { transposed, zerosOf } from '../../../../core/transposed.ts';
import { rowOfList } from '../../../../structures/neighbors/neighbor-lists.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { breathe } from '../../support/patches.ts';

/** Neighbourhoods looked at where there are more rows, unless nothing is to be sampled. */
const MOST_ROWS = 400;
const NONE = new Float64Array();
/** Rows after which others get a turn. */
const TURN = 100;

/** The nearest neighbours of some rows, in the tangent space of the sphere at that row. */
export interface Neighborhood {
  readonly row: number;
  readonly neighbors: Int32Array;
  /**
   * Inner products of the neighbours less the row, projected on the tangent space at the row: K × K.
   */
  readonly gram: Float64Array;
}

/**
 * Calls `visit` with the neighbourhoods of up to 400 rows, drawn by the space's seed, or of all of an exact space. Rows that coincide
 * with the row itself are left out; `neighbors` is used again for the next one. Engines sum
 * the products in float64; the steps themselves have the precision of the rows.
 */
export async function visitNeighborhoods(
  space: Space,
  k: number,
  visit: (neighborhood: Neighborhood) => void,
): Promise<void> {
  const { cols: d } = space.points;
  const graph = await space.nearest(k);
  const chosen = space
    .random('neighbourhoods')
    .sample(graph.n, space.exact ? graph.n : Math.min(graph.n, MOST_ROWS))
    .sort();
  const neighbors = new Int32Array(graph.k);
  for (let first = 0; first < chosen.length; first += MOST_ROWS) {
    const lists = chosen.subarray(first, first + MOST_ROWS);
    const vectors = await space.gather(rowsOfLists(graph, lists));
    const tangents = zerosOf(vectors, graph.k, d);
    for (const [turn, i] of lists.entries()) {
      if (turn % TURN === TURN - 1) await breathe(space);
      const at = turn * (graph.k + 1) * d;
      const found = tangentsOf(graph, i, vectors.data, at, d, neighbors, tangents.data);
      const some = matrix(tangents.data.subarray(0, found * d), found, d);
      const gram = found > 0 ? (await space.engine.gram(transposed(some))).data : NONE;
      visit({ row: rowOfList(graph, i), neighbors: neighbors.subarray(0, found), gram });
    }
  }
}

/** The rows of some lists, each followed by its neighbours; where there is none, by itself. */
function rowsOfLists(graph: KnnGraph, lists: Int32Array): Int32Array {
  const rows = new Int32Array(lists.length * (graph.k + 1));
  for (const [turn, i] of lists.entries()) {
    const at = turn * (graph.k + 1);
    const row = rowOfList(graph, i);
    rows[at] = row;
    for (let r = 0; r < graph.k; r++) {
      const j = graph.indices[i * graph.k + r];
      rows[at + 1 + r] = j < 0 ? row : j;
    }
  }
  return rows;
}

/** `x`: row i of the lists at `at`, and its neighbours behind it. */
function tangentsOf(
  graph: KnnGraph,
  i: number,
  x: ArrayLike<number>,
  at: number,
  d: number,
  neighbors: Int32Array,
  tangents: Floats,
): number {
  let found = 0;
  for (let r = 0; r < graph.k; r++) {
    const j = graph.indices[i * graph.k + r];
    const distance = graph.distances[i * graph.k + r];
    if (j < 0 || distance < 1e-6) continue;
    // ⟨y − x, x⟩ = −r²/2 between unit rows.
    const along = (distance * distance) / 2;
    for (let c = 0; c < d; c++) {
      const other = x[at + (r + 1) * d + c];
      tangents[found * d + c] = other - x[at + c] + along * x[at + c];
    }
    neighbors[found++] = j;
  }
  return found;
}

/** Rows are left out in this many groups. */
const GROUPS = 40;

/** Each row's group, for leaving groups out: drawn by the space's seed, of equal size. */
export function rowGroups(space: Space): { readonly groupOf: Uint8Array; readonly groups: number } {
  const n = space.points.rows;
  const groups = Math.min(GROUPS, n);
  const groupOf = new Uint8Array(n);
  for (const [place, row] of space.random('groups').sample(n).entries()) {
    groupOf[row] = place % groups;
  }
  return { groupOf, groups };
}
