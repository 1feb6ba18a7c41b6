import type { KnnGraph } from '../../../core/graph.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Recall } from '../mean-recall.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { candidatesAmong, type Reach } from './candidates.ts';
import { recallAt, recallOf, type SolvedRows, solvedRows } from './recall.ts';
import { reordered } from './reordered.ts';
import { type Turn, turnsOf } from './turns.ts';

export interface ApproximateGraphContext {
  readonly engine: Engine;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** A round of joins: rows of a block meet one another and whom their lists lead to. */
interface Stage {
  /** Rows of a block at most. */
  readonly most: number;
  readonly reach: Reach;
  /** Over when the recall on the guiding rows is this high, or grows by less than `least` in a round. */
  readonly enough: number;
  readonly least: number;
  readonly rounds: number;
}

/** Length of the lists that the search goes along; longer ones are filled in the end. */
const SEARCHED = 15;

/** Large blocks, each round of another tree: many pairs at the speed of products. */
const GATHERING: Stage = {
  most: 200,
  reach: { near: 0, far: 0 },
  enough: 0.75,
  least: 0.02,
  rounds: 12,
};

/** Neighbours of neighbours, of small blocks: what is left. */
const EXPLORING: Stage = {
  most: 72,
  reach: { near: SEARCHED, far: SEARCHED },
  enough: 0.97,
  least: 0.005,
  rounds: 4,
};

/** Rows that say when to stop, and others that say how good the lists are. */
const GUIDING_ROWS = 200;
const JUDGING_ROWS = 500;

/** Rows of which there are to be more, so that two blocks can fill their lists of k. */
export function fewestRows(k: number): number {
  return 2 * Math.max(k, SEARCHED) + 2;
}

/** What all rounds of a search share. */
interface Search extends ApproximateGraphContext {
  readonly points: Matrix;
  readonly guide: SolvedRows;
  readonly turn: Turn;
}

/**
 * The k nearest others of more than `fewestRows(k)` rows, nearly. Lists grow from random-projection trees by
 * meeting neighbours of neighbours (Dong, Moses and Li 2011; Tang et al. 2016), a block of near rows at a time:
 * one exact search of the engine among all candidates of the block. Lists only get better from round to round.
 */
export async function approximateGraph(
  points: Matrix,
  k: number,
  context: ApproximateGraphContext,
): Promise<{ graph: KnnGraph; recall: Recall }> {
  const { engine, random, signal, onProgress } = context;
  const turn = turnsOf('neighbor-graph', signal);
  // Near rows come to lie together in memory.
  const { order } = await blocksOf(points, EXPLORING.most, random.fork('order'), turn);
  const found = await searched(gathered(points, order), Math.max(k, SEARCHED), context, turn);
  const graph = reordered(found, k, order);
  const judges = drawnRows(points.rows, JUDGING_ROWS, random.fork('judge'));
  const solved = await solvedRows(points, judges, k, engine, { signal });
  onProgress?.(1);
  return { graph, recall: recallOf(graph, solved) };
}

async function searched(
  points: Matrix,
  k: number,
  context: ApproximateGraphContext,
  turn: Turn,
): Promise<KnnGraph> {
  const { engine, random, signal, onProgress } = context;
  const rows = drawnRows(points.rows, GUIDING_ROWS, random.fork('guide'));
  const guide = await solvedRows(points, rows, k, engine, { signal });
  const halfDone = (from: number) => (done: number) => onProgress?.(from + done / 2);
  const search = { ...context, points, guide, turn };
  const start = emptyLists(points.rows, SEARCHED);
  const gathering = { ...search, random: random.fork('gather'), onProgress: halfDone(0) };
  const coarse = await improved(start, GATHERING, SEARCHED, gathering);
  const exploring = { ...search, random: random.fork('explore'), onProgress: halfDone(0.5) };
  return improved(coarse, EXPLORING, k, exploring);
}

function drawnRows(n: number, count: number, random: Random): Int32Array {
  return random.sample(n, Math.min(n, count)).sort();
}

function emptyLists(n: number, k: number): KnnGraph {
  const [indices, distances] = [new Int32Array(n * k), new Float64Array(n * k)];
  return { indices: indices.fill(-1), distances: distances.fill(Infinity), n, k };
}

/** Lists of k after the rounds of a stage. */
async function improved(
  from: KnnGraph,
  stage: Stage,
  k: number,
  search: Search,
): Promise<KnnGraph> {
  const { points, random, guide, turn, onProgress } = search;
  // Blocks of more than k rows, so that no list stays short.
  const most = Math.max(stage.most, fewestRows(k));
  let lists = from;
  let recall = 0;
  for (let round = 0; round < stage.rounds; round++) {
    const blocks = await blocksOf(points, most, random.fork(round), turn);
    const to = lists.k === k ? lists : emptyLists(points.rows, k);
    await joinBlocks(lists, to, blocks, stage.reach, search);
    lists = to;
    const before = recall;
    recall = recallAt(lists, guide, k);
    onProgress?.((round + 1) / stage.rounds);
    if (recall >= stage.enough || recall - before < stage.least) break;
  }
  return lists;
}

/** Gives the rows of each block the nearest of its candidates, who hold all that their lists held. */
async function joinBlocks(
  from: KnnGraph,
  to: KnnGraph,
  { order, starts }: Blocks,
  reach: Reach,
  { points, engine, turn }: Search,
): Promise<void> {
  const candidatesOf = candidatesAmong(points.rows);
  for (let b = 0; b + 1 < starts.length; b++) {
    const rows = order.slice(starts[b], starts[b + 1]).sort();
    const candidates = candidatesOf(rows, from, reach);
    const [queries, among] = [gathered(points, rows), gathered(points, candidates)];
    writeLists(await engine.nearestAmong(queries, among, to.k + 1), rows, candidates, to);
    await turn();
  }
}

/** Writes the lists of some rows, less the rows themselves; index −1 where a row has no neighbour left. */
function writeLists(
  found: KnnGraph,
  rows: Int32Array,
  candidates: Int32Array,
  { indices, distances, k }: KnnGraph,
): void {
  for (let b = 0; b < rows.length; b++) {
    let at = rows[b] * k;
    for (let r = b * found.k; at < (rows[b] + 1) * k; r++) {
      const place = found.indices[r];
      const j = place < 0 ? -1 : candidates[place];
      if (j === rows[b]) continue;
      indices[at] = j;
      distances[at++] = found.distances[r];
    }
  }
}
