import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { disperseStart } from '../operations/disperse-start.ts';
import { disperseStep } from '../operations/disperse-step.ts';
import { disperseStore } from '../operations/disperse-store.ts';
import { disperseTotals } from '../operations/disperse-totals.ts';
import { namesOf, type Plan, type Stage, stageOf } from '../plan.ts';
import type { Dispersal, Steps } from '../support/dispersal.ts';
import { shardRefs } from './shard-refs.ts';

export type { Dispersal } from '../support/dispersal.ts';

/** Statistics that one task makes one of. */
const AT_ONCE = 64;

/**
 * A dispersion in supersteps: of each shard what the objective has to know, together what all rows say, then the steps
 * of each shard by that. What nothing reads any more is dropped, so that beside the old and the new table the rows lie
 * there at most twice.
 */
export async function dispersePlan(
  manifest: Manifest,
  dispersal: Dispersal,
  localSteps: number,
  engine: EngineName,
): Promise<Plan> {
  const { cols } = manifest;
  let firstRow = 0;
  const shards = shardRefs(manifest).map((shard) => {
    const own = { shard, firstRow };
    firstRow += shard.rows;
    return own;
  });
  const supersteps = superstepsOf(dispersal.optimizer.steps, localSteps);
  const [steps] = supersteps;
  const { copies, seed } = dispersal;
  const parted = copies === undefined ? [] : [copies];
  const start = shards.map((own) =>
    taskOf(disperseStart, engine, { ...own, dispersal, steps }, parted),
  );
  let last = await stageOf('statistics', start);
  const stages: Stage[] = [last];
  let rows: readonly string[] = [];
  for (const [s, own] of supersteps.entries()) {
    const totals = await totalsOf(namesOf(last), own, { dispersal, cols }, engine);
    stages.push(...totals);
    const [all] = namesOf(totals[totals.length - 1]);
    const tasks = shards.map((shard, k) => {
      const settings = { ...shard, dispersal, steps: own, next: supersteps[s + 1] };
      return taskOf(disperseStep, engine, settings, [
        ...(rows.length > 0 ? [rows[k]] : []),
        all,
        ...parted,
      ]);
    });
    const drops = [...namesOf(last), ...totals.flatMap(namesOf)];
    last = await stageOf(`steps ${own.step} to ${own.step + own.count - 1}`, tasks, drops);
    rows = namesOf(last);
    stages.push(last);
  }
  const store = shards.map((own, k) => {
    const { beside } = manifest.shards[k];
    return taskOf(disperseStore, engine, { ...own, beside, dispersal: { seed, copies } }, [
      rows[k],
      ...parted,
    ]);
  });
  stages.push(await stageOf('shards', store, rows));
  return { title: 'disperse', stages };
}

function superstepsOf(steps: number, localSteps: number): Steps[] {
  const found: Steps[] = [];
  for (let step = 1; step <= steps; step += localSteps) {
    found.push({ step, count: Math.min(localSteps, steps - step + 1) });
  }
  return found;
}

/** A tree of tasks that make one of many. */
async function totalsOf(
  names: readonly string[],
  { count }: Steps,
  facts: { readonly dispersal: Dispersal; readonly cols: number },
  engine: EngineName,
): Promise<Stage[]> {
  const stages: Stage[] = [];
  let left = names;
  do {
    const tasks = [];
    for (let from = 0; from < left.length; from += AT_ONCE) {
      const inputs = left.slice(from, from + AT_ONCE);
      const settings = { ...facts, count, inputs: inputs.length };
      tasks.push(taskOf(disperseTotals, engine, settings, inputs));
    }
    const stage = await stageOf('what all rows say', tasks);
    stages.push(stage);
    left = namesOf(stage);
  } while (left.length > 1);
  return stages;
}
