import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { mergeNearest } from '../operations/merge-nearest.ts';
import { nearestPartial } from '../operations/nearest-partial.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { gatherStages, type RowList } from './gather-plan.ts';
import { placedShards } from './placed-shards.ts';

/** Queries that one task takes. */
const QUERIES = 4096;
/** Shards that one task reads. */
const SHARDS = 4;

/**
 * The k nearest rows of the whole table for each row of a list, itself among them: of the last stage, the outputs before
 * those of `others` follow one another. The rows of `others` are gathered in the same pass over the shards as those of the
 * list, and are the last outputs, as `gatherPlan` has them of the list and the others.
 */
export async function nearestPlan(
  manifest: Manifest,
  list: RowList,
  k: number,
  engine: EngineName,
  others: readonly RowList[] = [],
): Promise<Plan> {
  const { parts: read, joins } = await gatherStages(manifest, [list, ...others], engine);
  const [join, ...later] = joins.tasks;
  const queries = { ...joins, tasks: [join] };
  const gathered = join.name;
  const shards = placedShards(manifest);
  const groups = Array.from({ length: Math.ceil(shards.length / SHARDS) }, (_, g) =>
    shards.slice(g * SHARDS, (g + 1) * SHARDS),
  );
  const count = list.rows.length;
  const blocks = Array.from({ length: Math.ceil(count / QUERIES) }, (_, b) => ({
    from: b * QUERIES,
    to: Math.min(count, (b + 1) * QUERIES),
  }));
  const tasks = blocks.flatMap((block) =>
    groups.map((among) =>
      taskOf(nearestPartial, engine, { block, count: block.to - block.from, among, k }, [gathered]),
    ),
  );
  const parts = await stageOf('nearest rows', tasks);
  const names = namesOf(parts);
  const merges = blocks.map(({ from, to }, b) => {
    const own = names.slice(b * groups.length, (b + 1) * groups.length);
    const settings = { count: to - from, k, inputs: own.length };
    return taskOf(mergeNearest, engine, settings, own);
  });
  const merged = await stageOf('nearest rows', merges);
  const last = {
    ...merged,
    tasks: [...merged.tasks, ...later],
    drops: [...names, ...namesOf(read)],
  };
  return { title: 'nearest rows', stages: [read, queries, parts, last] };
}
