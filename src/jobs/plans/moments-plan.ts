import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { moments } from '../operations/moments.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { shardRefs } from './shard-refs.ts';
import { sumStages } from './sum-stages.ts';

/** Arrays of the sums over all rows. */
const ARRAYS = ['raw.sum', 'raw.gram', 'unit.sum', 'unit.gram', 'unit.fourth'];

/** The sums over all rows of a table with a direction: Σ x and XᵀX of them as they are and at unit length, and Σ x⁴. */
export async function momentsPlan(manifest: Manifest, engine: EngineName): Promise<Plan> {
  const { cols: d } = manifest;
  const tasks = shardRefs(manifest).map((shard) => taskOf(moments, engine, { shard }));
  const each = await stageOf('moments', tasks);
  const count = 2 * d * (d + 1) + d;
  const together = await sumStages('sums', namesOf(each), { arrays: ARRAYS, count }, engine);
  return { title: 'moments', stages: [each, ...together] };
}
