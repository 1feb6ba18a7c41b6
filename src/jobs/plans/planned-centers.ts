import { Random } from '../../core/random.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { givenOutput } from '../given.ts';
import type { Plan } from '../plan.ts';

/** A plan that needs centers which are not known yet, with centers of no table: what it takes is the same. */
export async function withPlannedCenters(
  { cols: d }: Manifest,
  lists: number,
  make: (centers: string) => Promise<Plan>,
): Promise<Plan> {
  const random = Random.fromSeed(0).fork('planned centers');
  const data = Float32Array.from({ length: lists * d }, () => random.normal());
  const given = await givenOutput({ arrays: { points: { shape: [lists, d], data } } });
  return { ...(await make(given.name)), given: [given] };
}
