import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { type EncodeRowsSettings, encodeRows } from '../operations/encode-rows.ts';
import { type Plan, stageOf } from '../plan.ts';
import { placedShards } from './placed-shards.ts';

/**
 * The rows of each shard of a table, coded by the codec that tasks are given under that name: the outputs of the one
 * stage follow one another.
 */
export async function encodePlan(
  manifest: Manifest,
  model: string,
  codec: Omit<EncodeRowsSettings, 'shard' | 'first'>,
  engine: EngineName,
): Promise<Plan> {
  const tasks = placedShards(manifest).map((placed) =>
    taskOf(encodeRows, engine, { ...placed, ...codec }, [model]),
  );
  return { title: 'compress', stages: [await stageOf('rows by the codec', tasks)] };
}
