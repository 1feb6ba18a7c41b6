import { gathered, type Matrix, zeros } from '../../core/matrix.ts';
import { float32Rows } from '../output.ts';
import { gatherPlan } from '../plans/gather-plan.ts';
import { resultsOf } from '../run-plan.ts';
import type { RowNumbers } from './row-numbers.ts';
import { type TableWork, withOutput, withRowList } from './table-work.ts';

/** Rows as they came, in any order and as often as they are asked for, by the numbers of those with a direction. */
export async function gatheredRows(
  work: TableWork,
  numbers: RowNumbers,
  asked: Int32Array,
): Promise<Matrix<Float32Array>> {
  const { manifest, engine } = work;
  if (asked.length === 0) return zeros(0, manifest.cols);
  const rows = asked.map(numbers.inTable);
  const ascending = rows.every((row, at) => at === 0 || rows[at - 1] < row);
  const each = ascending ? rows : Int32Array.from(new Set(rows)).sort();
  const points = await withRowList(work, each, async (list) => {
    const plan = await gatherPlan(manifest, list, engine.name);
    await work.run(plan);
    return withOutput(work, resultsOf(plan)[0], (output) => float32Rows(output, 'points'));
  });
  if (ascending) return points;
  const placeOf = new Map(Array.from(each, (row, place) => [row, place]));
  return gathered(
    points,
    rows.map((row) => placeOf.get(row) ?? -1),
  );
}
