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
 * The k nearest rows of the whole table for each row of a list, itself among them: the outputs of the last stage follow
 * one another.
 */
export async function nearestPlan(
  manifest: Manifest,
  list: RowList,
  k: number,
  engine: EngineName,
): Promise<Plan> {
  const gather = await gatherStages(manifest, list, engine);
  const [gathered] = namesOf(gather[1]);
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
  const merged = await stageOf('nearest rows', merges, names);
  return { title: 'nearest rows', stages: [...gather, parts, merged] };
}
