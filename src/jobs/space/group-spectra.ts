import { matrix } from '../../core/matrix.ts';
import {
  groupCount,
  groupSpectraOfSums,
  type RowSums,
} from '../../structures/spectra/group-spectra.ts';
import { groupOrder } from '../../structures/spectra/row-spectrum.ts';
import { givenOutput } from '../given.ts';
import { groupMomentsPlan } from '../plans/group-moments-plan.ts';
import { resultsOf } from '../run-plan.ts';
import type { TableSums } from './table-sums.ts';
import { type TableWork, withGiven, withOutput } from './table-work.ts';

/** Bytes of the sums of groups that one task holds; the group of a row that is in none. */
const [HELD, NONE] = [2 ** 27, 255];

/** The eigenvalues of both moments without each of the groups that `createSpace` would leave out. */
export async function groupSpectra(
  work: TableWork,
  { numbers, ...sums }: TableSums,
  of: 'unit' | 'raw',
  held: number = HELD,
): Promise<{ plain: Float64Array[]; centered: Float64Array[] }> {
  const { n } = numbers;
  const { rows, cols: d } = work.manifest;
  const groups = groupCount(n, d);
  const order = groupOrder(n);
  const ends = Array.from({ length: groups + 1 }, (_, g) => Math.floor((g * n) / groups));
  const groupOf = new Uint8Array(rows).fill(NONE);
  for (let g = 0; g < groups; g++)
    for (const row of order.subarray(ends[g], ends[g + 1])) groupOf[numbers.inTable(row)] = g;
  const atOnce = Math.max(1, Math.floor(held / (16 * d * (d + 1))));

  async function* some(name: string, from: number): AsyncGenerator<RowSums> {
    const to = Math.min(groups, from + atOnce);
    const plan = await groupMomentsPlan(
      work.manifest,
      { groups: name, from, to },
      work.engine.name,
    );
    await work.run(plan);
    for (let g = from; g < to; g++)
      yield await withOutput(work, resultsOf(plan)[0], async (output) => ({
        rows: ends[g + 1] - ends[g],
        sum: (await output.slice(`${of}.sum`, g - from, g - from + 1)) as Float64Array,
        gram: matrix(
          (await output.slice(`${of}.gram`, g - from, g - from + 1)) as Float64Array,
          d,
          d,
        ),
      }));
  }
  async function* parts(name: string): AsyncGenerator<RowSums> {
    for (let from = 0; from < groups; from += atOnce) yield* some(name, from);
  }
  const all = { rows: n, ...sums[of] };
  if (groups === 0) return groupSpectraOfSums(all, nothing(), work.engine);
  const given = await givenOutput({ arrays: { groups: { shape: [rows], data: groupOf } } });
  return withGiven(work, given, (name) => groupSpectraOfSums(all, parts(name), work.engine));
}

async function* nothing(): AsyncGenerator<RowSums> {}
