import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { equalHashes } from '../operations/equal-hashes.ts';
import { rowHashes } from '../operations/row-hashes.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { placedShards } from './placed-shards.ts';

/** Rows whose hashes one task compares. */
const ROWS = 2 ** 20;

/** Groups of rows of the whole table that have equal hashes, part by part: the outputs of the last stage. */
export async function equalRowsPlan(manifest: Manifest, engine: EngineName): Promise<Plan> {
  const { rows } = manifest;
  const parts = Math.ceil(rows / ROWS);
  const tasks = placedShards(manifest).map((placed) =>
    taskOf(rowHashes, engine, { ...placed, parts }),
  );
  const hashes = await stageOf('hashes of rows', tasks);
  const names = namesOf(hashes);
  const groups = Array.from({ length: parts }, (_, part) =>
    taskOf(equalHashes, engine, { part, rows, parts }, names),
  );
  return { title: 'equal rows', stages: [hashes, await stageOf('equal rows', groups, names)] };
}
