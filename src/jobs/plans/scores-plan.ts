import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { type ScoreRowsSettings, scoreRows } from '../operations/score-rows.ts';
import { type Plan, stageOf } from '../plan.ts';
import { shardRefs } from './shard-refs.ts';

/** The scores of all rows with the queries of a given output, shard by shard. */
export async function scoresPlan(
  manifest: Manifest,
  given: string,
  settings: Omit<ScoreRowsSettings, 'shard'>,
  engine: EngineName,
): Promise<Plan> {
  const tasks = shardRefs(manifest).map((shard) =>
    taskOf(scoreRows, engine, { shard, ...settings }, [given]),
  );
  return { title: 'scores', stages: [await stageOf('scores', tasks)] };
}
