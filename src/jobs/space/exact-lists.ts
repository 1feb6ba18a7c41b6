import { InputError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import { noLists } from '../support/lists.ts';
import { eachPart, exactGraph } from './table-graph.ts';
import type { TableWork } from './table-work.ts';

/** Bytes of lists that are held. */
const MOST_BYTES = 2 ** 31;

/** The k nearest other rows of every row of a table, held in memory; refuses where they do not fit. */
export async function exactLists(work: TableWork, k: number): Promise<KnnGraph> {
  const { rows: n } = work.manifest;
  if (12 * n * k > MOST_BYTES) {
    const gib = ((12 * n * k) / 2 ** 30).toFixed(1);
    throw new InputError(
      work.name,
      `the ${k} nearest of all ${n} rows take ${gib} GiB; leave --exact out, and as many as are needed are drawn.`,
    );
  }
  const graph = await exactGraph(work, k);
  const lists = noLists(n, k);
  await eachPart(work, graph.parts, (rows, own) => {
    for (const [i, row] of rows.entries()) {
      lists.indices.set(own.indices.subarray(i * k, (i + 1) * k), row * k);
      lists.distances.set(own.distances.subarray(i * k, (i + 1) * k), row * k);
    }
  });
  return lists;
}
