import type { Random } from '../../core/random.ts';

/** Draws of one file. */
export interface Dice {
  /** Whether something of this probability happens. */
  chance(p: number): boolean;
  /** An integer from `low` to `high`, both included. */
  from(low: number, high: number): number;
  oneOf<T>(items: readonly T[]): T;
  normal(): number;
}

export function diceOf(random: Random): Dice {
  return {
    chance: (p) => random.uniform() < p,
    from: (low, high) => low + random.integer(high - low + 1),
    oneOf: (items) => items[random.integer(items.length)],
    normal: () => random.normal(),
  };
}
