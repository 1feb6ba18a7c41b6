import type { Operation } from '../operation.ts';
import { int32s } from '../output.ts';

export interface EqualHashesSettings {
  readonly part: number;
  /** Rows of all inputs together, and parts, for the plan. */
  readonly rows: number;
  readonly parts: number;
}

/**
 * Groups of rows with equal hashes in one part of the outputs of `row-hashes`, each ascending, by their first rows.
 *
 *     starts  groups + 1      rows  m
 */
export const equalHashes: Operation<EqualHashesSettings> = {
  id: 'equal-hashes',
  version: 1,
  async run({ part }, { inputs, input }) {
    const first: Float64Array[] = [];
    const second: Uint32Array[] = [];
    const rows: Int32Array[] = [];
    for (let i = 0; i < inputs; i++) {
      const own = await input(i);
      const starts = await int32s(own, 'starts');
      const [from, to] = [starts[part], starts[part + 1]];
      first.push((await own.slice('first', from, to)) as Float64Array);
      second.push((await own.slice('second', from, to)) as Uint32Array);
      rows.push((await own.slice('rows', from, to)) as Int32Array);
    }
    const groups = groupsOf(first, second, rows);
    const starts = new Int32Array(groups.length + 1);
    for (const [g, group] of groups.entries()) starts[g + 1] = starts[g] + group.length;
    const all = Int32Array.from(groups.flat());
    return {
      fields: {},
      arrays: {
        starts: { shape: [starts.length], data: starts },
        rows: { shape: [all.length], data: all },
      },
    };
  },
  cost: ({ rows, parts }) => ({
    products: 0,
    bytesRead: (16 * rows) / parts,
    bytesWritten: 0,
  }),
};

function groupsOf(
  first: readonly Float64Array[],
  second: readonly Uint32Array[],
  rows: readonly Int32Array[],
): number[][] {
  const repeated = repeatedIn(first);
  const groups = new Map<string, number[]>();
  for (const [i, own] of first.entries()) {
    for (let at = 0; repeated.size > 0 && at < own.length; at++) {
      if (!repeated.has(own[at])) continue;
      const key = `${own[at]} ${second[i][at]}`;
      const group = groups.get(key);
      if (group) group.push(rows[i][at]);
      else groups.set(key, [rows[i][at]]);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1).sort(([a], [b]) => a - b);
}

function repeatedIn(lists: readonly Float64Array[]): Set<number> {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const own of lists) {
    all.set(own, at);
    at += own.length;
  }
  all.sort();
  const repeated = new Set<number>();
  for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) repeated.add(all[i]);
  return repeated;
}
