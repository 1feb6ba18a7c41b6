import type { KnnGraph } from '../../../core/graph.ts';
import { grouped } from '../../../core/text.ts';
import { LIST_ROWS } from '../../../structures/space/look-plan.ts';
import type { RowSample, Space } from '../../../structures/space/types.ts';

/** Neighbours of every row of a space, or of a sample of its rows among themselves. */
export interface AllLists extends RowSample {
  readonly graph: KnnGraph;
  /** Says that it is a sample, where it is. */
  readonly warnings: readonly string[];
}

/**
 * The k nearest neighbours of every row: counts of rows that are nobody's neighbour cannot be had from
 * some of the lists, so where only some are known, a sample of rows takes the place of all; the warning
 * says what is `otherwise` among all.
 */
export async function allLists(
  space: Space,
  k: number,
  otherwise = 'hubs can be greater',
): Promise<AllLists> {
  const n = space.points.rows;
  const graph = await space.nearest(Math.min(k, n - 1));
  if (!graph.rows) return { space, graph, warnings: [] };
  const sample = await space.sample(LIST_ROWS);
  const m = sample.space.points.rows;
  // So few rows that only the lists given are too few.
  if (m === n) {
    const all = await space.engine.nearest(space.points, Math.min(k, n - 1));
    return { space, graph: all, warnings: [] };
  }
  const warning = `measured among ${grouped(m)} of the ${grouped(n)} rows; among all, ${otherwise}.`;
  return {
    ...sample,
    graph: await sample.space.nearest(Math.min(k, m - 1)),
    warnings: [warning],
  };
}

/** The row of the file that row i of the sample is. */
export function rowOfSample({ rows }: RowSample, i: number): number {
  return rows ? rows[i] : i;
}
