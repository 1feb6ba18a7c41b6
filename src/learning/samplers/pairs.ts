import { Random } from '../../core/random.ts';
import { type Draws, requireCount } from './batches.ts';
import { classesToCompare } from './rows-of-classes.ts';

export interface LabelledDraws {
  /** The class of each row; rows of class −1 are never drawn. */
  readonly classes: ArrayLike<number>;
  /** Pairs or triplets of a step. */
  readonly size: number;
  readonly seed?: number | undefined;
}

/** Row left[i] beside row right[i]. */
export interface Pairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 where both are of one class, else 0. */
  readonly same: Uint8Array;
}

/**
 * Pairs of different rows: of one class at even places, of two at odd ones. Classes are drawn first, each as
 * likely as any other, then rows of them.
 */
export function pairs({ classes, size, seed = 0 }: LabelledDraws): Draws<Pairs> {
  requireCount('pairs', 'size', size);
  const { all, several } = classesToCompare('pairs', classes);
  const random = Random.fromSeed(seed).fork('pairs');
  return {
    at(step) {
      requireCount('pairs', 'step', step);
      const draws = random.fork(step);
      const left = new Int32Array(size);
      const right = new Int32Array(size);
      const same = Uint8Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 1 : 0));
      for (let i = 0; i < size; i++)
        [left[i], right[i]] = same[i] ? twoOf(several, draws) : oneOfEach(all, draws);
      return { left, right, same };
    },
  };
}

/** Two rows of one class. */
export function twoOf(several: readonly Int32Array[], draws: Random): readonly [number, number] {
  const members = several[draws.integer(several.length)];
  const [a, b] = draws.sample(members.length, 2);
  return [members[a], members[b]];
}

function oneOfEach(all: readonly Int32Array[], draws: Random): readonly [number, number] {
  const [a, b] = draws.sample(all.length, 2);
  return [oneOf(all[a], draws), oneOf(all[b], draws)];
}

export function oneOf(rows: Int32Array, draws: Random): number {
  return rows[draws.integer(rows.length)];
}
