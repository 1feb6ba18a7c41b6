import { counted, grouped } from '../../core/text.ts';
import { type EqualRows, equalRows } from '../../jobs/space/equal-rows.ts';
import { nearRows } from '../../jobs/space/near-rows.ts';
import { approximateGraph } from '../../jobs/space/table-graph.ts';
import { requireRowNumbers, type TableWork } from '../../jobs/space/table-work.ts';
import type { Finding } from '../doctor/index.ts';
import { copiedRows } from './doctor.ts';

export interface StoreDuplicatesOptions {
  /** Also rows at unit length that are this near, found among those that share a list. */
  readonly near?: number | undefined;
  /** Of the lists. Default 0. */
  readonly seed?: number | undefined;
}

/** Rows of a whole table that occur more than once. */
export interface StoreDuplicates {
  /** Rows that are equal in every bit, ascending. */
  readonly groups: EqualRows;
  /** Rows that are near, where these were asked for. */
  readonly near?: NearGroups | undefined;
  readonly findings: readonly Finding[];
}

interface NearGroups {
  readonly distance: number;
  readonly groups: EqualRows;
  /** Share of the nearest rows that lists hold, of rows solved exactly. */
  readonly recall: number;
  readonly solved: number;
}

/** Neighbors that are looked at for near ones, and lists that a row is in. */
const [NEIGHBORS, PROBES] = [10, 2];

/** Duplicates of a sharded table: equal rows all of them, near ones as many as share a list. */
export async function storeDuplicates(
  work: TableWork,
  { near, seed }: StoreDuplicatesOptions = {},
): Promise<StoreDuplicates> {
  requireRowNumbers(work);
  const { rows: n } = work.manifest;
  const groups = await equalRows(work);
  const copies = laterRows(groups);
  const findings = copies.length > 0 ? [copiedRows({ copies, of: n })] : [];
  if (near === undefined) return { groups, findings };
  const k = Math.min(NEIGHBORS, Math.max(1, n - 1));
  const graph = await approximateGraph(work, { k, probes: PROBES, seed });
  const found = {
    distance: near,
    groups: await nearRows(work, graph, near),
    recall: graph.recall?.value ?? 1,
    solved: graph.solved,
  };
  return {
    groups,
    near: found,
    findings: [...findings, ...nearFindings(found, n)],
  };
}

/** All of each group but its first, ascending. */
export function laterRows(groups: EqualRows): number[] {
  return groups.flatMap((group) => [...group.subarray(1)]).sort((a, b) => a - b);
}

function nearFindings({ groups, distance, recall, solved }: NearGroups, n: number): Finding[] {
  const rows = laterRows(groups);
  if (rows.length === 0) return [];
  const lie = rows.length === 1 ? 'lies' : 'lie';
  return [
    {
      id: 'near-rows',
      severity: 'note',
      sentence:
        `${counted(rows.length, 'row', 'rows')} of the ${grouped(n)} ${lie} within ${distance} of an earlier row, by chains: ` +
        `at least so many, as they were looked for in lists that hold ${(100 * recall).toFixed(1)} % of the ${NEIGHBORS} nearest of ${grouped(solved)} rows.`,
      rows,
      columns: [],
      fix: 'look at some of them; keep one of each where they say the same',
      cure: { id: 'drop-rows', rows },
    },
  ];
}
