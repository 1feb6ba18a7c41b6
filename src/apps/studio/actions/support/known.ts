import type { KnnGraph } from '../../../../core/graph.ts';
import type { Matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { unitOrZeroRows } from '../../../../numerics/rows/unit-rows.ts';
import { neighborGraph } from '../../../../structures/neighbors/neighbor-graph.ts';
import { tableStore } from '../../../store/table-store.ts';
import type { WordStore } from '../../../store/types.ts';
import type { StudioTable } from '../../session/state.ts';

/** What is known of rows for as long as they are held: tables are never changed, so neither is this. */
const kept = new WeakMap<object, Map<string, unknown>>();

function once<T>(of: object, name: string, make: () => T): T {
  const known = kept.get(of) ?? new Map<string, unknown>();
  kept.set(of, known);
  if (!known.has(name)) known.set(name, make());
  return known.get(name) as T;
}

/** The rows at length 1; rows of zeros stay so. */
export function unitRowsOf(points: Matrix<Float32Array>): Matrix<Float32Array> {
  return once(points, 'unit rows', () => unitOrZeroRows(points).points as Matrix<Float32Array>);
}

/** Answers words, rows, formulas and vectors. */
export function storeOf({ table, name }: StudioTable): WordStore {
  const owner = table.labels ?? table.points;
  const known = once(owner, `store ${name}`, () => new WeakMap<object, WordStore>());
  const store = known.get(table.points) ?? tableStore(table, name);
  known.set(table.points, store);
  return store;
}

/** Neighbors of each row in the lists that are kept: one length for all who ask, so that answers do not depend on who asked before. */
export const LISTED = 20;

/**
 * The nearest other rows of each row by direction (in a map: by distance), approximate for many rows. A list that was
 * stopped is not kept.
 */
export async function neighborsOf(
  points: Matrix<Float32Array>,
  engine: Engine,
  { signal, onProgress }: RunControls,
  by: 'direction' | 'distance' = 'direction',
): Promise<KnnGraph> {
  const lists = once(points, `neighbors by ${by}`, () => new Map<string, KnnGraph>());
  const known = lists.get(engine.name);
  if (known) return known;
  const { graph } = await neighborGraph(by === 'direction' ? unitRowsOf(points) : points, LISTED, {
    engine,
    random: Random.fromSeed(0).fork('studio neighbours'),
    signal,
    onProgress: (done) => onProgress?.({ stage: 'neighbors', done }),
  });
  lists.set(engine.name, graph);
  return graph;
}
