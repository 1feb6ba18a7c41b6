import { type Matrix, matrix } from '../../core/matrix.ts';
import { float64s, int32s } from '../output.ts';
import { namesOf } from '../plan.ts';
import { momentsPlan } from '../plans/moments-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { outputKey } from '../task.ts';
import { type RowNumbers, rowNumbers } from './row-numbers.ts';
import { type TableWork, withOutput } from './table-work.ts';

/** Σ x and XᵀX. */
export interface Sums {
  readonly sum: Float64Array;
  readonly gram: Matrix<Float64Array>;
}

/** What one pass over a table gives. */
export interface TableSums {
  readonly numbers: RowNumbers;
  /** The lengths of the rows that have a direction; n. */
  readonly norms: Float64Array;
  readonly raw: Sums;
  readonly unit: Sums & { readonly fourth: Float64Array };
}

/** Sums over all rows, their lengths, and which have no direction. */
export async function tableSums(work: TableWork): Promise<TableSums> {
  const { manifest, engine } = work;
  const plan = await momentsPlan(manifest, engine.name);
  const d = manifest.cols;
  const [total] = resultsOf(plan);
  const parts = namesOf(plan.stages[0]);
  await work.run(plan);
  // A total that was kept without its parts is made again: the lengths are in the parts.
  const sizes = await Promise.all(parts.map((name) => work.work.size(outputKey(name))));
  if (sizes.includes(undefined)) {
    await work.work.remove(outputKey(total));
    await work.run(plan);
  }
  const sums = await withOutput(work, total, async (output) => {
    const of = async (kind: 'raw' | 'unit') => ({
      sum: await float64s(output, `${kind}.sum`),
      gram: matrix(await float64s(output, `${kind}.gram`), d, d),
    });
    const unit = { ...(await of('unit')), fourth: await float64s(output, 'unit.fourth') };
    return { raw: await of('raw'), unit };
  });
  const norms = new Float64Array(manifest.rows);
  const invalid: number[] = [];
  let first = 0;
  for (const name of parts) {
    first = await withOutput(work, name, async (output) => {
      const own = await float64s(output, 'norms');
      norms.set(own, first);
      for (const row of await int32s(output, 'bad')) invalid.push(first + row);
      return first + own.length;
    });
  }
  const numbers = rowNumbers(manifest.rows, Int32Array.from(invalid));
  const kept = invalid.length === 0 ? norms : norms.filter((norm) => norm > 0 && norm < Infinity);
  return { numbers, norms: kept, ...sums };
}
