import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { groupMoments } from '../operations/group-moments.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import type { RowList } from './gather-plan.ts';
import { countIn, placedShards } from './placed-shards.ts';
import { sumStages } from './sum-stages.ts';

const ARRAYS = ['raw.sum', 'raw.gram', 'unit.sum', 'unit.gram'];

/** The sums over the rows of a list. */
export async function groupMomentsPlan(
  manifest: Manifest,
  { name, rows }: RowList,
  engine: EngineName,
): Promise<Plan> {
  const { cols: d } = manifest;
  const tasks = placedShards(manifest)
    .filter((placed) => countIn(rows, placed) > 0)
    .map((placed) => taskOf(groupMoments, engine, placed, [name]));
  const each = await stageOf('sums of groups', tasks);
  const settings = { arrays: ARRAYS, count: 2 * d * (d + 1) };
  const together = await sumStages('sums of groups', namesOf(each), settings, engine);
  return { title: 'sums of groups', stages: [each, ...together] };
}
