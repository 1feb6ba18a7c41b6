import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { classSums } from '../operations/class-sums.ts';
import { namesOf, type Plan, stageOf } from '../plan.ts';
import { placedShards } from './placed-shards.ts';
import { sumStages } from './sum-stages.ts';

/** Numberings of the rows, and the name under which tasks are given them. */
export interface NamedNumberings {
  readonly given: string;
  readonly classes: number;
  readonly numberings: number;
}

/** Σ x of the unit rows of each class, for each numbering, from one look at every shard. */
export async function classSumsPlan(
  manifest: Manifest,
  { given, classes, numberings }: NamedNumberings,
  engine: EngineName,
): Promise<Plan> {
  const title = 'sums of classes';
  const tasks = placedShards(manifest).map((placed) =>
    taskOf(classSums, engine, { ...placed, classes, numberings }, [given]),
  );
  const each = await stageOf(title, tasks);
  const arrays = Array.from({ length: numberings }, (_, r) => `sums.${r}`);
  const settings = { arrays, count: numberings * classes * manifest.cols };
  const together = await sumStages(title, namesOf(each), settings, engine);
  return { title, stages: [each, ...together] };
}
