import { Random } from '../core/random.ts';
import type { RowFacts } from '../structures/space/types.ts';

/** Scores of n rows, all different, that know nothing of them. */
export function anyScores(n: number): RowFacts {
  return { scores: Float64Array.from(Random.fromSeed(n).sample(n)) };
}
