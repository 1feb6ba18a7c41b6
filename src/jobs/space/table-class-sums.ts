import { type Matrix, matrix } from '../../core/matrix.ts';
import { AbsentRowsError } from '../../structures/space/absent-rows.ts';
import { givenOutput } from '../given.ts';
import { float64s } from '../output.ts';
import { classSumsPlan } from '../plans/class-sums-plan.ts';
import { resultsOf } from '../run-plan.ts';
import type { RowNumbers } from './row-numbers.ts';
import { type TableWork, withGiven, withOutput } from './table-work.ts';

/** Numbers of all classes together, beyond which drawn rows have to do: 32 MB a numbering. */
const MOST = 2 ** 22;
/** Classes of rows, and numbers of sums, that one plan is given and gives. */
const HELD = 2 ** 24;

/** Σ x of the unit rows of each class over a whole table, for each of some numberings of the rows with a direction. */
export async function tableClassSums(
  work: TableWork,
  numbers: RowNumbers,
  numberings: readonly Int32Array[],
  classes: number,
  held: number = HELD,
): Promise<Matrix<Float64Array>[]> {
  const { manifest, engine } = work;
  const { rows, cols: d } = manifest;
  if (classes * d > MOST) throw new AbsentRowsError();
  const atOnce = Math.max(1, Math.floor(held / Math.max(rows, classes * d)));
  const found: Matrix<Float64Array>[] = [];
  for (let from = 0; from < numberings.length; from += atOnce) {
    const some = numberings.slice(from, from + atOnce);
    const arrays = some.map((of, r) => {
      const data = new Int32Array(rows).fill(-1);
      for (let i = 0; i < of.length; i++) data[numbers.inTable(i)] = of[i];
      return [`classes.${r}`, { shape: [rows], data }] as const;
    });
    const given = await givenOutput({ arrays: Object.fromEntries(arrays) });
    await withGiven(work, given, async (name) => {
      const settings = { given: name, classes, numberings: some.length };
      const plan = await classSumsPlan(manifest, settings, engine.name);
      await work.run(plan);
      await withOutput(work, resultsOf(plan)[0], async (output) => {
        for (const r of some.keys())
          found.push(matrix(await float64s(output, `sums.${r}`), classes, d));
      });
    });
  }
  return found;
}
