import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import type { MethodRun } from '../../../method/method.ts';

export interface LinkOptions {
  readonly engine: Engine;
  readonly run: MethodRun;
  readonly work: Work;
  /** Rows that a row leads to at most. */
  readonly degree: number;
  /** Rows that are kept while the place of a row is looked for. */
  readonly beam: number;
  readonly alpha: number;
}

/** A batch has at most this share of all rows, and no more rows than there are before it. */
const LARGEST_BATCH = 0.02;

/** A search starts from one in so many of the rows first placed, and from so many at most. */
const ROWS_PER_ENTRY = 64;
const MOST_ENTRIES = 128;

/** Where searches start in a graph of the first `placed` rows of an order: a drawn sample of them. */
export function entriesOf(order: Int32Array, placed: number): Int32Array {
  return order.slice(0, Math.min(MOST_ENTRIES, Math.ceil(placed / ROWS_PER_ENTRY)));
}

/** The entries of a graph of the rows of an order, and as many more as it takes to reach all. */
export function allEntries(order: Int32Array, neighbors: Int32Array, degree: number): Int32Array {
  const drawn = entriesOf(order, order.length);
  return Int32Array.from([...drawn, ...outOfReach(order, neighbors, degree, drawn)]);
}

/** Links of all rows, and those there were when the first `placed` rows of the order were in the graph. */
export interface Linked {
  readonly neighbors: Int32Array;
  readonly before?: Int32Array | undefined;
}

/**
 * Links rows in a drawn order: n × degree rows, −1 after the last. Rows come in batches (ParlayANN's Vamana): each of a batch looks in the graph of the rows before for the nearest ones and keeps
 * the diverse of them, which lead back to it.
 */
export async function linkedRows(
  points: Matrix<Float32Array>,
  order: Int32Array,
  placed: number,
  { engine, run, work, degree, beam, alpha }: LinkOptions,
): Promise<Linked> {
  const neighbors = new Int32Array(points.rows * degree).fill(-1);
  const counts = new Int32Array(points.rows);
  const most = Math.max(1, Math.ceil(LARGEST_BATCH * order.length));
  let before: Int32Array | undefined;
  for (let from = 1; from < order.length; ) {
    if (from === placed) before = neighbors.slice();
    const end = from < placed ? placed : order.length;
    const to = Math.min(end, from + Math.min(most, from));
    const owners = order.slice(from, to);
    const queries = gathered(points, owners);
    const entries = entriesOf(order, from);
    const search = { queries, points, neighbors, entries, effort: beam, k: beam, product: false };
    const { rows: candidates } = await engine.searchGraph(search, { signal: work.signal });
    const kept = await engine.diversify({ points, owners, candidates, degree, alpha });
    for (const [i, owner] of owners.entries()) {
      const own = kept.subarray(i * degree, (i + 1) * degree);
      neighbors.set(own, owner * degree);
      counts[owner] = lengthOf(own);
    }
    await linkBack(owners, kept, neighbors, counts, { points, degree, alpha, engine });
    from = to;
    await run.tick({ stage: 'graph', done: from / order.length });
    work.onProgress?.(from / order.length);
  }
  return { neighbors, before };
}

const lengthOf = (list: Int32Array): number => {
  const end = list.indexOf(-1);
  return end < 0 ? list.length : end;
};

interface Lists {
  readonly points: Matrix<Float32Array>;
  readonly degree: number;
  readonly alpha: number;
  readonly engine: Engine;
}

/** Adds each owner to the lists of the rows that it keeps; of what is too much the diverse ones stay. */
async function linkBack(
  owners: Int32Array,
  kept: Int32Array,
  neighbors: Int32Array,
  counts: Int32Array,
  { points, degree, alpha, engine }: Lists,
): Promise<void> {
  const { starts, sources } = incoming(owners, kept, degree, points.rows);
  let full: number[] = [];
  for (let row = 0; row < points.rows; row++) {
    const own = sources.subarray(starts[row], starts[row + 1]);
    if (own.length === 0) continue;
    if (counts[row] + own.length > degree) full.push(row);
    else {
      neighbors.set(own, row * degree + counts[row]);
      counts[row] += own.length;
    }
  }
  const room = 2 * degree;
  for (let at = 0; full.length > 0; at += room) {
    const width = degree + room;
    const candidates = new Int32Array(full.length * width).fill(-1);
    for (const [i, row] of full.entries()) {
      candidates.set(neighbors.subarray(row * degree, (row + 1) * degree), i * width);
      const from = starts[row] + at;
      const to = Math.min(starts[row + 1], from + room);
      candidates.set(sources.subarray(from, to), i * width + degree);
    }
    const lists = await engine.diversify({
      points,
      owners: Int32Array.from(full),
      candidates,
      degree,
      alpha,
    });
    for (const [i, row] of full.entries()) {
      const own = lists.subarray(i * degree, (i + 1) * degree);
      neighbors.set(own, row * degree);
      counts[row] = lengthOf(own);
    }
    full = full.filter((row) => starts[row] + at + room < starts[row + 1]);
  }
}

/** The owners that keep row i: sources[starts[i]] to sources[starts[i + 1]] (excluded), in their order. */
function incoming(owners: Int32Array, kept: Int32Array, degree: number, n: number) {
  const starts = new Int32Array(n + 1);
  for (const row of kept) if (row >= 0) starts[row + 1] += 1;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const sources = new Int32Array(starts[n]);
  const ends = starts.slice();
  for (let e = 0; e < kept.length; e++)
    if (kept[e] >= 0) sources[ends[kept[e]]++] = owners[Math.floor(e / degree)];
  return { starts, sources };
}

/**
 * Rows of the order that no way leads to from the entries: one for each group of rows that are out of reach, so that
 * the entries and these reach all.
 */
export function outOfReach(
  order: Int32Array,
  neighbors: Int32Array,
  degree: number,
  entries: Int32Array,
): Int32Array {
  const seen = new Uint8Array(neighbors.length / degree);
  const open: number[] = [];
  const reach = (row: number): void => {
    if (seen[row] === 0) open.push(row);
    seen[row] = 1;
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      for (let e = from * degree; e < (from + 1) * degree && neighbors[e] >= 0; e++) {
        if (seen[neighbors[e]] === 0) open.push(neighbors[e]);
        seen[neighbors[e]] = 1;
      }
    }
  };
  for (const row of entries) reach(row);
  return order.filter((row) => {
    const isNew = seen[row] === 0;
    reach(row);
    return isNew;
  });
}
