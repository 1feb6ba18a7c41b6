import type { Work } from '../../engine/engine.ts';
import { type SpanningTree, spanningTreesOf, TREE_ROWS } from '../trees/spanning-tree.ts';
import type { Space } from './types.ts';

/** Trees are found without each of so many parts of the rows, to tell how the whole tree varies. */
const PARTS = 8;

export interface SomeTrees {
  /** Of all rows, or of a seeded sample of 1,000. */
  readonly whole: SpanningTree;
  /** Those of the same rows without each of eight parts; none of fewer than 32. */
  readonly without: readonly SpanningTree[];
}

/** The rows that stand for all n in a tree; undefined where all do. */
export const treeRows = (n: number, random: Space['random']): Int32Array | undefined =>
  n > TREE_ROWS ? random('tree').sample(n, TREE_ROWS).sort() : undefined;

export async function someTrees(
  { points, engine, random, gather }: Pick<Space, 'points' | 'engine' | 'random' | 'gather'>,
  work: Work,
): Promise<SomeTrees> {
  const { rows: n } = points;
  const rows = treeRows(n, random);
  const some = rows ? await gather(rows) : points;
  const order = random('tree parts').sample(some.rows);
  const parts = Array.from({ length: some.rows < 4 * PARTS ? 0 : PARTS }, (_, part) =>
    order.filter((_, at) => at % PARTS !== part),
  );
  const all = Int32Array.from({ length: some.rows }, (_, i) => i);
  const [whole, ...without] = await spanningTreesOf(some, [all, ...parts], engine, work);
  return { whole: rows ? { ...whole, rows } : whole, without };
}
