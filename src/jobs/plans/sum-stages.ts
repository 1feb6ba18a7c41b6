import type { EngineName } from '../../engine/engine.ts';
import { taskOf } from '../operation.ts';
import { type SumsSettings, sums } from '../operations/sums.ts';
import { type Stage, stageOf } from '../plan.ts';

/** Outputs that one task adds. */
const AT_ONCE = 64;

/** Stages that add outputs, 64 at a time: a tree whose shape depends on their number alone, and so does the sum. */
export async function sumStages(
  title: string,
  names: readonly string[],
  settings: Omit<SumsSettings, 'inputs'>,
  engine: EngineName,
): Promise<Stage[]> {
  const stages: Stage[] = [];
  let left = names;
  do {
    const groups = Array.from({ length: Math.ceil(left.length / AT_ONCE) }, (_, g) =>
      left.slice(g * AT_ONCE, (g + 1) * AT_ONCE),
    );
    const stage = await stageOf(
      title,
      groups.map((group) => taskOf(sums, engine, { ...settings, inputs: group.length }, group)),
    );
    stages.push(stage);
    left = stage.tasks.map(({ name }) => name);
  } while (left.length > 1);
  return stages;
}
