import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { gatherRows } from '../operations/gather-rows.ts';
import { joinRows } from '../operations/join-rows.ts';
import { namesOf, type Plan, type Stage, stageOf } from '../plan.ts';
import { countIn, placedShards } from './placed-shards.ts';

/** Row numbers, ascending, each once, and the name under which tasks are given them as the array `rows`. */
export interface RowList {
  readonly name: string;
  readonly rows: Int32Array;
}

const TITLE = 'sampled rows';

/**
 * The rows of some lists in one pass over the shards: the outputs of the last stage have each the rows of one list, in its
 * order, as `points`.
 */
export async function gatherPlan(
  manifest: Manifest,
  lists: readonly RowList[],
  engine: EngineName,
): Promise<Plan> {
  const { parts, joins } = await gatherStages(manifest, lists, engine);
  return { title: TITLE, stages: [parts, { ...joins, drops: namesOf(parts) }] };
}

/** What reads the shards, and the tasks that join each list; nothing drops the parts. */
export async function gatherStages(
  manifest: Manifest,
  lists: readonly RowList[],
  engine: EngineName,
): Promise<{ readonly parts: Stage; readonly joins: Stage }> {
  const inputs = lists.map(({ name }) => name);
  const counts: number[][] = [];
  const tasks = placedShards(manifest).flatMap((placed) => {
    const own = lists.map(({ rows }) => countIn(rows, placed));
    const count = own.reduce((sum, rows) => sum + rows, 0);
    if (count === 0) return [];
    counts.push(own);
    return [taskOf(gatherRows, engine, { ...placed, count }, inputs)];
  });
  const parts = await stageOf(TITLE, tasks);
  const names = namesOf(parts);
  const { cols } = manifest;
  const joins = lists.map(({ rows }, list) => {
    const holding = names.filter((_, part) => counts[part][list] > 0);
    return taskOf(joinRows, engine, { rows: rows.length, cols, list }, holding);
  });
  return { parts, joins: await stageOf(TITLE, joins) };
}
