import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { groupMoments } from '../operations/group-moments.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { placedShards } from './placed-shards.ts';
import { sumStages } from './sum-stages.ts';

const ARRAYS = ['raw.sum', 'raw.gram', 'unit.sum', 'unit.gram'];

/** Groups `from` to `to`, and the name under which tasks are given the group of every row. */
export interface GroupRange {
  readonly groups: string;
  readonly from: number;
  readonly to: number;
}

/** The sums over the rows of each of some groups, from one look at every shard. */
export async function groupMomentsPlan(
  manifest: Manifest,
  { groups, from, to }: GroupRange,
  engine: EngineName,
): Promise<Plan> {
  const { cols: d } = manifest;
  const tasks = placedShards(manifest).map((placed) =>
    taskOf(groupMoments, engine, { ...placed, from, to }, [groups]),
  );
  const each = await stageOf('sums of groups', tasks);
  const settings = { arrays: ARRAYS, count: 2 * (to - from) * d * (d + 1) };
  const together = await sumStages('sums of groups', namesOf(each), settings, engine);
  return { title: 'sums of groups', stages: [each, ...together] };
}
