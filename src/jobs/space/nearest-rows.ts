import type { KnnGraph } from '../../core/graph.ts';
import { withoutSelf } from '../../structures/neighbors/neighbor-lists.ts';
import { nearestPlan } from '../plans/nearest-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { noLists, storedLists } from '../support/lists.ts';
import type { DrawnRows } from './drawn-rows.ts';
import type { RowNumbers } from './row-numbers.ts';
import { rowList, type TableWork, withOutput, withRowLists } from './table-work.ts';

/**
 * The k nearest other rows of the whole table for each row of an ascending list, all by the numbers of those with a
 * direction. Where the list is the first of some drawn ones, the others are gathered in the same pass.
 */
export async function nearestRows(
  work: TableWork,
  numbers: RowNumbers,
  rows: Int32Array,
  k: number,
  drawn?: DrawnRows,
): Promise<KnnGraph> {
  const own = await rowList(rows.map(numbers.inTable));
  const all = (await drawn?.lists()) ?? [];
  const others = all[0]?.name === own.name ? all.slice(1) : [];
  const found = await withRowLists(work, [own, ...others], async () => {
    const plan = await nearestPlan(work.manifest, own, k + 1, work.engine.name, others);
    await work.run(plan);
    if (others.length > 0) drawn?.gathered();
    const lists = noLists(rows.length, k + 1);
    let at = 0;
    const results = resultsOf(plan);
    for (const name of results.slice(0, results.length - others.length)) {
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
