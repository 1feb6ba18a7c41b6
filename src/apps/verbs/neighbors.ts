import { ShapeError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Recall } from '../../structures/neighbors/mean-recall.ts';
import { exactRowsFor, neighborGraph } from '../../structures/neighbors/neighbor-graph.ts';

export interface NeighborsOptions {
  /** Neighbors of each row. Default 15. */
  readonly k?: number | undefined;
  /** Whether all pairs are compared, however many rows there are. Default false. */
  readonly exact?: boolean | undefined;
  /** Rows up to which they are in any case. Default 40,000 + 700 k. */
  readonly exactRows?: number | undefined;
  /** Of what an approximate graph draws. Default 0. */
  readonly seed?: number | undefined;
}

export const NEIGHBORS = 15;

/** The lists, and how much of the true ones they hold; left out where they are exact. */
export interface FoundNeighbors {
  readonly graph: KnnGraph;
  readonly recall?: Recall | undefined;
}

/** Up to so many rows all pairs are compared. */
export const exactUpTo = (k: number, { exact, exactRows }: NeighborsOptions = {}): number =>
  exact ? Infinity : (exactRows ?? exactRowsFor(k));

/** Refuses a row that is alone. */
export function requireOthers(rows: number): void {
  if (rows < 2) throw new ShapeError('neighbors', 'at least 2 rows', `${rows}`);
}

/** The k nearest other rows of each of n rows, scaled to unit length, by the chord between them. */
export async function neighbors(
  points: Matrix,
  options: NeighborsOptions,
  engine: Engine,
  run: RunControls = {},
): Promise<FoundNeighbors> {
  const { k = NEIGHBORS, seed = 0 } = options;
  requireOthers(points.rows);
  const { points: unit } = unitRows('neighbors', points);
  const random = Random.fromSeed(seed).fork('neighbors');
  const { signal, onProgress } = run;
  const { graph, recall } = await neighborGraph(unit, k, {
    engine,
    random,
    exactRows: exactUpTo(k, options),
    signal,
    onProgress: onProgress && ((done) => onProgress({ stage: 'neighbors', done })),
  });
  return { graph, recall };
}
