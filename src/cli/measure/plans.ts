import { Random } from '../../core/random.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import type { Given } from '../../jobs/given.ts';
import type { Plan } from '../../jobs/plan.ts';
import { equalRowsPlan } from '../../jobs/plans/equal-rows-plan.ts';
import { gatherPlan } from '../../jobs/plans/gather-plan.ts';
import { momentsPlan } from '../../jobs/plans/moments-plan.ts';
import { nearestPlan } from '../../jobs/plans/nearest-plan.ts';
import { rowList } from '../../jobs/space/table-work.ts';
import { lookPlan } from '../../structures/space/look-plan.ts';
import type { Flags } from './flags.ts';

/** Neighbors that the numbers of the catalogue ask for at most, and rows that are drawn for those that need rows. */
const [NEIGHBORS, SAMPLED] = [100, 20_000];

/** What `tammes measure` runs over a table, its rows taken for rows with a direction. */
export async function measurePlans(
  manifest: Manifest,
  engine: EngineName,
  { exact, seed = 0, duplicates, doctor }: Flags,
): Promise<readonly Plan[]> {
  const equal = duplicates || doctor ? [await equalRowsPlan(manifest, engine)] : [];
  if (duplicates) return equal;
  const { rows: n, cols: d } = manifest;
  const { queries, pairRows } = lookPlan(n, d, exact === true);
  const given: Given[] = [];
  const drawn = async (name: string, m: number) => {
    const rows = Random.fromSeed(seed).fork('space').fork(name).sample(n, Math.min(n, m)).sort();
    const list = await rowList(rows);
    given.push(list.given);
    return list;
  };
  const gathers = [
    await gatherPlan(manifest, await drawn('rows', SAMPLED), engine),
    await gatherPlan(manifest, await drawn('pairs', pairRows), engine),
  ];
  const nearest = await nearestPlan(
    manifest,
    await drawn('queries', queries),
    Math.min(NEIGHBORS, n - 1) + 1,
    engine,
  );
  const plans = [...equal, await momentsPlan(manifest, engine), nearest, ...gathers];
  return plans.map((plan) => ({ ...plan, given }));
}
