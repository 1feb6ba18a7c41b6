import { gathered, type Matrix, zeros } from '../../core/matrix.ts';
import { float32Rows } from '../output.ts';
import { gatherPlan } from '../plans/gather-plan.ts';
import { resultsOf } from '../run-plan.ts';
import type { DrawnRows } from './drawn-rows.ts';
import type { RowNumbers } from './row-numbers.ts';
import { rowList, type TableWork, withOutput, withRowLists } from './table-work.ts';

/**
 * Rows as they came, in any order and as often as they are asked for, by the numbers of those with a direction: of a drawn
 * list from the pass that gathers all of these, others in a pass of their own.
 */
export async function gatheredRows(
  work: TableWork,
  numbers: RowNumbers,
  asked: Int32Array,
  drawn?: DrawnRows,
): Promise<Matrix<Float32Array>> {
  const { manifest, engine } = work;
  if (asked.length === 0) return zeros(0, manifest.cols);
  const rows = asked.map(numbers.inTable);
  const ascending = rows.every((row, at) => at === 0 || rows[at - 1] < row);
  const each = ascending ? rows : Int32Array.from(new Set(rows)).sort();
  const list = await rowList(each);
  const points =
    (await drawn?.pointsOf(list.name)) ??
    (await withRowLists(work, [list], async () => {
      const plan = await gatherPlan(manifest, [list], engine.name);
      await work.run(plan);
      return withOutput(work, resultsOf(plan)[0], (output) => float32Rows(output, 'points'));
    }));
  if (ascending) return points;
  const placeOf = new Map(Array.from(each, (row, place) => [row, place]));
  return gathered(
    points,
    rows.map((row) => placeOf.get(row) ?? -1),
  );
}
