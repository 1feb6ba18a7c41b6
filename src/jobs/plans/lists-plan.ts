import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { assignLists } from '../operations/assign-lists.ts';
import { listRows } from '../operations/list-rows.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { placedShards } from './placed-shards.ts';

/** Values of rows in lists that one task holds: 64 MiB. */
const VALUES = 2 ** 24;

export interface ListsWanted {
  /** The output that holds the centers as `points`. */
  readonly centers: string;
  readonly lists: number;
  readonly unit: boolean;
  /** Lists that a row is in. */
  readonly probes: number;
}

/** The rows of a table in the lists of their nearest centers, some lists an output: those of the last stage follow one another. */
export async function listsPlan(
  manifest: Manifest,
  { centers, lists, unit, probes }: ListsWanted,
  engine: EngineName,
): Promise<Plan> {
  const { rows: n, cols: d } = manifest;
  const settings = { unit, probes, lists };
  const tasks = placedShards(manifest).map((placed) =>
    taskOf(assignLists, engine, { ...placed, ...settings }, [centers]),
  );
  const assigned = await stageOf('rows to lists', tasks);
  const names = namesOf(assigned);
  const parts = Math.min(lists, Math.ceil((n * probes * d) / VALUES));
  const ends = Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * lists) / parts));
  const gathers = ends.slice(1).map((to, part) => {
    const rows = Math.ceil((n * probes) / parts);
    return taskOf(listRows, engine, { from: ends[part], to, cols: d, rows }, names);
  });
  return { title: 'lists', stages: [assigned, await stageOf('lists', gathers, names)] };
}
