import { matrix } from '../../core/matrix.ts';
import {
  groupCount,
  groupSpectraOfSums,
  type RowSums,
} from '../../structures/spectra/group-spectra.ts';
import { groupOrder } from '../../structures/spectra/row-spectrum.ts';
import { float64s } from '../output.ts';
import { groupMomentsPlan } from '../plans/group-moments-plan.ts';
import { resultsOf } from '../run-plan.ts';
import type { TableSums } from './table-sums.ts';
import { type TableWork, withOutput, withRowList } from './table-work.ts';

/** The eigenvalues of both moments without each of the groups that `createSpace` would leave out. */
export function groupSpectra(
  work: TableWork,
  { numbers, ...sums }: TableSums,
  of: 'unit' | 'raw',
): Promise<{ plain: Float64Array[]; centered: Float64Array[] }> {
  const { n } = numbers;
  const d = work.manifest.cols;
  const groups = groupCount(n, d);
  const order = groupOrder(n);
  async function* parts(): AsyncGenerator<RowSums> {
    for (let g = 0; g < groups; g++) {
      const [from, to] = [g, g + 1].map((at) => Math.floor((at * n) / groups));
      const rows = order.slice(from, to).sort().map(numbers.inTable);
      yield await withRowList(work, rows, async (list) => {
        const plan = await groupMomentsPlan(work.manifest, list, work.engine.name);
        await work.run(plan);
        return withOutput(work, resultsOf(plan)[0], async (output) => ({
          rows: rows.length,
          sum: await float64s(output, `${of}.sum`),
          gram: matrix(await float64s(output, `${of}.gram`), d, d),
        }));
      });
    }
  }
  return groupSpectraOfSums({ rows: n, ...sums[of] }, parts(), work.engine);
}
