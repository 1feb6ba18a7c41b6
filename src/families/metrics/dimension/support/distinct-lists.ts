import type { KnnGraph } from '../../../../core/graph.ts';
import { exp, log } from '../../../../core/numeric.ts';
import type { Random } from '../../../../core/random.ts';
import { grouped } from '../../../../core/text.ts';
import { jackknifeSpread } from '../../../../numerics/statistics/jackknife.ts';
import { rowOfList } from '../../../../structures/neighbors/neighbor-lists.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { sameDistance } from '../../support/coincident.ts';

/** Rows are left out in this many groups. */
const GROUPS = 40;

/** Neighbour lists without rows that coincide: for each distinct row, its distinct neighbours. */
export interface DistinctLists {
  /** ln of the distances, ascending; lists × length. */
  readonly logs: Float64Array;
  /** The neighbours, lists × length. */
  readonly indices: Int32Array;
  /** Whose lists these are. */
  readonly rows: Int32Array;
  readonly length: number;
  /** About how many distinct rows there are. */
  readonly n: number;
  /** Columns of the rows. */
  readonly d: number;
  /** The share of neighbours that are as far away as the one before them. */
  readonly ties: number;
  readonly warnings: readonly string[];
}

/**
 * The nearest `length` distinct neighbours of each distinct row. Copies of a row have distance 0, and
 * two copies of a neighbour the same distance: both would be taken for a law of distances. Only the
 * first of coincident rows keeps its list; lists too short without copies are left out.
 */
export async function distinctLists(space: Space, length: number): Promise<DistinctLists> {
  const { rows: n, cols: d } = space.points;
  const spare = length + Math.max(8, length >> 2);
  const graph = await space.nearest(Math.min(n - 1, spare));
  const same = sameDistance(space.isFloat32);
  const isSame = await sameRows(space, graph, same);
  const logs = new Float64Array(graph.n * length);
  const indices = new Int32Array(graph.n * length);
  const rows = new Int32Array(graph.n);
  let [kept, copies, short] = [0, 0, 0];
  for (let i = 0; i < graph.n; i++) {
    const own = rowOfList(graph, i);
    if (graph.distances[i * graph.k] <= same && isLaterCopy(graph, i, own, same)) {
      copies += 1;
      continue;
    }
    const found = fill(isSame, graph, i, same, length, logs, indices, kept);
    if (found < length) {
      short += 1;
      continue;
    }
    rows[kept++] = own;
  }
  const warnings: string[] = [];
  const of = `of ${grouped(graph.n)} rows`;
  if (copies > 0) warnings.push(`${grouped(copies)} ${of} are copies of others and were left out.`);
  if (short > 0 && kept > 0) {
    warnings.push(`${grouped(short)} ${of} have too few distinct neighbours and were left out.`);
  }
  return {
    logs: logs.subarray(0, kept * length),
    indices: indices.subarray(0, kept * length),
    rows: rows.subarray(0, kept),
    length,
    n: Math.max(length + 1, Math.round((n * (graph.n - copies)) / graph.n)),
    d,
    ties: shareOfTies(logs.subarray(0, kept * length), length, same),
    warnings,
  };
}

/** How many of the distances in lists are those before them, to rounding. */
function shareOfTies(logs: Float64Array, length: number, same: number): number {
  let [tied, steps] = [0, 0];
  for (let at = 0; at < logs.length; at++) {
    if (at % length === 0) continue;
    steps += 1;
    if (exp(logs[at]) - exp(logs[at - 1]) <= same) tied += 1;
  }
  return steps > 0 ? tied / steps : 0;
}

function isLaterCopy(graph: KnnGraph, i: number, own: number, same: number): boolean {
  for (let at = i * graph.k; at < (i + 1) * graph.k && graph.distances[at] <= same; at++) {
    if (graph.indices[at] < own) return true;
  }
  return false;
}

/** Writes the list of `graph` without copies as list `to`; how many neighbours it has. */
function fill(
  isSame: (a: number, b: number) => boolean,
  graph: KnnGraph,
  i: number,
  same: number,
  length: number,
  logs: Float64Array,
  indices: Int32Array,
  to: number,
): number {
  let found = 0;
  let before = 0;
  for (let r = 0; r < graph.k && found < length; r++) {
    const j = graph.indices[i * graph.k + r];
    const distance = graph.distances[i * graph.k + r];
    if (j < 0 || distance <= same) continue;
    const last = found > 0 ? indices[to * length + found - 1] : -1;
    // Copies of one row are at one distance; the converse needs a look at the rows.
    if (last >= 0 && distance - before <= same && isSame(last, j)) continue;
    logs[to * length + found] = log(distance);
    indices[to * length + found] = j;
    before = distance;
    found += 1;
  }
  return found;
}

/** Whether two rows that follow one another in a list at one distance coincide: such rows are looked at. */
async function sameRows(
  space: Space,
  graph: KnnGraph,
  same: number,
): Promise<(a: number, b: number) => boolean> {
  const tied = new Set<number>();
  for (let at = 0; at < graph.indices.length; at++) {
    if (at % graph.k === 0 || graph.indices[at] < 0) continue;
    if (graph.distances[at] - graph.distances[at - 1] > same) continue;
    if (graph.distances[at] <= same) continue;
    tied.add(graph.indices[at - 1]).add(graph.indices[at]);
  }
  const rows = Int32Array.from(tied).sort();
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  const { data: x, cols: d } = await space.gather(rows);
  return (a, b) => {
    const [p, q] = [a, b].map((row) => (placeOf.get(row) ?? 0) * d);
    let squared = 0;
    for (let c = 0; c < d; c++) squared += (x[p + c] - x[q + c]) ** 2;
    return squared <= same * same;
  };
}

/** Which neighbours of list i remain: the first `count` of them, as places in `logs`. */
export type KeptPlaces = (i: number, count: number) => Int32Array | undefined;

/**
 * A statistic of the lists, and half its 95 % interval: rows are left out in 40 groups, as owners of
 * lists and as neighbours, lists closing up. The statistic is given the lists that remain and, for
 * each, where its first neighbours are.
 */
export function withSpread(
  lists: DistinctLists,
  totalRows: number,
  random: Random,
  statistic: (owners: Int32Array, kept: KeptPlaces) => number,
): { readonly value: number; readonly half: number } {
  const { rows, length, indices } = lists;
  const all = Int32Array.from(rows.keys());
  const places = new Int32Array(length);
  const everything: KeptPlaces = (i, count) => {
    for (let r = 0; r < count; r++) places[r] = i * length + r;
    return places;
  };
  const value = statistic(all, everything);
  const groups = Math.min(GROUPS, rows.length);
  if (groups < 3) return { value, half: NaN };
  const groupOf = new Uint8Array(totalRows);
  for (const [place, row] of random.sample(totalRows).entries()) groupOf[row] = place % groups;
  const values = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const owners = all.filter((i) => groupOf[rows[i]] !== g);
    values[g] = statistic(owners, (i, count) => {
      let found = 0;
      for (let r = 0; r < length && found < count; r++) {
        if (groupOf[indices[i * length + r]] !== g) places[found++] = i * length + r;
      }
      return found === count ? places : undefined;
    });
  }
  return { value, half: jackknifeSpread(values) };
}
