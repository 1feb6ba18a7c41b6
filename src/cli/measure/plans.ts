import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import type { Plan } from '../../jobs/plan.ts';
import { equalRowsPlan } from '../../jobs/plans/equal-rows-plan.ts';
import { momentsPlan } from '../../jobs/plans/moments-plan.ts';
import { nearestPlan } from '../../jobs/plans/nearest-plan.ts';
import { tableDraws } from '../../jobs/space/table-draws.ts';
import { rowList } from '../../jobs/space/table-work.ts';
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
  const { queries, others } = tableDraws(n, d, {
    seed,
    exact: exact === true,
    sampleRows: SAMPLED,
  });
  const every = queries ?? Int32Array.from({ length: n }, (_, i) => i);
  const lists = await Promise.all([every, ...others].map(rowList));
  const [list, ...rest] = [...new Map(lists.map((own) => [own.name, own])).values()];
  const k = Math.min(NEIGHBORS, n - 1) + 1;
  const nearest = await nearestPlan(manifest, list, k, engine, rest);
  const given = lists.map((own) => own.given);
  const plans = [...equal, await momentsPlan(manifest, engine), nearest];
  return plans.map((plan) => ({ ...plan, given }));
}
