import type { Matrix } from '../../core/matrix.ts';
import { int32s } from '../output.ts';
import { equalRowsPlan } from '../plans/equal-rows-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { gatheredRows } from './gathered-rows.ts';
import { rowNumbers } from './row-numbers.ts';
import { type TableWork, withOutput } from './table-work.ts';

/** Values of rows that are compared at once: 256 MiB. */
const VALUES = 2 ** 26;

/** Rows of one table that are equal in every bit, ascending, by their first rows. */
export type EqualRows = readonly Int32Array[];

/** All groups of equal rows of a table: found by hashes, and then compared themselves. */
export async function equalRows(work: TableWork): Promise<EqualRows> {
  const plan = await equalRowsPlan(work.manifest, work.engine.name);
  await work.run(plan);
  const found: Int32Array[] = [];
  let some: Int32Array[] = [];
  let held = 0;
  const compare = async () => {
    found.push(...(await comparedGroups(work, some)));
    [some, held] = [[], 0];
  };
  for (const name of resultsOf(plan)) {
    for (const group of await groupsIn(work, name)) {
      some.push(group);
      held += group.length * work.manifest.cols;
      if (held > VALUES) await compare();
    }
  }
  await compare();
  return found.sort((a, b) => a[0] - b[0]);
}

async function groupsIn(work: TableWork, name: string): Promise<Int32Array[]> {
  return withOutput(work, name, async (output) => {
    const [starts, rows] = [await int32s(output, 'starts'), await int32s(output, 'rows')];
    return Array.from(starts.subarray(1), (end, g) => rows.slice(starts[g], end));
  });
}

/** The groups cut where rows differ after all. */
async function comparedGroups(
  work: TableWork,
  groups: readonly Int32Array[],
): Promise<Int32Array[]> {
  const rows = Int32Array.from(groups.flatMap((group) => [...group]));
  const none = rowNumbers(work.manifest.rows, new Int32Array(0));
  const points = await gatheredRows(work, none, rows);
  let at = 0;
  return groups.flatMap((group) => {
    const places = Array.from(group, (_, place) => at + place);
    at += group.length;
    return cut(points, places).map((own) => Int32Array.from(own, (place) => rows[place]));
  });
}

/** Places of equal rows, two or more. */
function cut({ data, cols: d }: Matrix<Float32Array>, places: readonly number[]): number[][] {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const isSame = (p: number, q: number) => {
    for (let c = 0; c < d; c++) if (bits[p * d + c] !== bits[q * d + c]) return false;
    return true;
  };
  const groups: number[][] = [];
  for (const place of places) {
    const group = groups.find(([first]) => isSame(first, place));
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups.filter(({ length }) => length > 1);
}
