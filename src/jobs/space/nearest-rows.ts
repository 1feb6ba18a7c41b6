import type { KnnGraph } from '../../core/graph.ts';
import { withoutSelf } from '../../structures/neighbors/neighbor-lists.ts';
import { nearestPlan } from '../plans/nearest-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { noLists, storedLists } from '../support/lists.ts';
import type { RowNumbers } from './row-numbers.ts';
import { type TableWork, withOutput, withRowList } from './table-work.ts';

/** The k nearest other rows of the whole table for each row of an ascending list, all by the numbers of those with a direction. */
export async function nearestRows(
  work: TableWork,
  numbers: RowNumbers,
  rows: Int32Array,
  k: number,
): Promise<KnnGraph> {
  const inTable = rows.map(numbers.inTable);
  const found = await withRowList(work, inTable, async (list) => {
    const plan = await nearestPlan(work.manifest, list, k + 1, work.engine.name);
    await work.run(plan);
    const lists = noLists(rows.length, k + 1);
    let at = 0;
    for (const name of resultsOf(plan)) {
      at = await withOutput(work, name, async (output) => {
        const own = await storedLists(output);
        lists.indices.set(own.indices, at);
        lists.distances.set(own.distances, at);
        return at + own.indices.length;
      });
    }
    return lists;
  });
  for (let at = 0; at < found.indices.length; at++)
    found.indices[at] = numbers.ofTable(found.indices[at]);
  return withoutSelf(found, rows);
}
