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

/** The rows of a list, in its order: `points` of the one output of the last stage. */
export async function gatherPlan(
  manifest: Manifest,
  list: RowList,
  engine: EngineName,
): Promise<Plan> {
  return { title: 'sampled rows', stages: await gatherStages(manifest, list, engine) };
}

export async function gatherStages(
  manifest: Manifest,
  { name, rows }: RowList,
  engine: EngineName,
): Promise<Stage[]> {
  const tasks = placedShards(manifest).flatMap((placed) => {
    const count = countIn(rows, placed);
    return count === 0 ? [] : [taskOf(gatherRows, engine, { ...placed, count }, [name])];
  });
  const parts = await stageOf('sampled rows', tasks);
  const { cols } = manifest;
  const join = taskOf(joinRows, engine, { rows: rows.length, cols }, namesOf(parts));
  return [parts, await stageOf('sampled rows', [join], namesOf(parts))];
}
