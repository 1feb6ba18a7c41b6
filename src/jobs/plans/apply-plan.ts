import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { type AppliedModel, applyModel } from '../operations/apply-model.ts';
import { type Plan, stageOf } from '../plan.ts';
import { shardRefs } from './shard-refs.ts';

export { type AppliedModel, modelKey } from '../operations/apply-model.ts';

/** A model applied to each shard of a table. */
export async function applyPlan(
  manifest: Manifest,
  model: AppliedModel,
  engine: EngineName,
): Promise<Plan> {
  const tasks = shardRefs(manifest).map((shard, k) => {
    const { beside } = manifest.shards[k];
    return taskOf(applyModel, engine, { shard, model, beside });
  });
  return { title: 'apply', stages: [await stageOf('rows by the model', tasks)] };
}
