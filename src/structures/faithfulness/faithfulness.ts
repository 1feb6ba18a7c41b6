import type { Random } from '../../core/random.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';

/** What a score does where the parts that an explanation names are changed, beside parts drawn at random. */
export interface Faithfulness {
  /** Share of the parts that is changed. */
  readonly share: number;
  /** How many parts are changed of each list. */
  readonly changed: readonly number[];
  /** What the score loses with the parts of the largest contributions. */
  readonly top: number;
  /** What it loses with as many others: mean, and where 95 of 100 draws lie. */
  readonly random: { readonly value: number; readonly low: number; readonly high: number };
}

export interface FaithfulnessOptions {
  /** Default: 0.2. */
  readonly share?: number | undefined;
  /** Random draws. Default: 20. */
  readonly draws?: number | undefined;
  readonly random: Random;
}

/** The score with some parts of each list changed: left out (deletion), or put in place by others' (swap). */
export type ChangedScore = (changed: readonly Int32Array[]) => number | Promise<number>;

/**
 * Whether contributions are what the score is made of: the largest share of each list of parts is changed, and the score
 * should lose more than where parts are drawn at random. One part of a list of two or more at least, never all of
 * them; null where no list has two.
 */
export async function faithfulness(
  contributions: readonly Float64Array[],
  score: number,
  changedScore: ChangedScore,
  { share = 0.2, draws = 20, random }: FaithfulnessOptions,
): Promise<Faithfulness | null> {
  const counts = contributions.map(({ length }) =>
    length < 2 ? 0 : Math.min(length - 1, Math.max(1, Math.round(share * length))),
  );
  if (counts.every((count) => count === 0)) return null;
  const strongest = contributions.map((own, list) =>
    largestPlaces(own, 0, own.length, counts[list]),
  );
  const top = score - (await changedScore(strongest));
  const losses: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const stream = random.fork(draw);
    const drawn = contributions.map(({ length }, list) =>
      stream.fork(list).sample(length).subarray(0, counts[list]),
    );
    losses.push(score - (await changedScore(drawn)));
  }
  losses.sort((x, y) => x - y);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / draws;
  const at = (level: number) => losses[Math.round(level * (draws - 1))];
  return {
    share,
    changed: counts,
    top,
    random: { value: mean, low: at(0.025), high: at(0.975) },
  };
}

/** The rows that are not among those left out, of n. */
export function rowsWithout(n: number, leftOut: ArrayLike<number>): Int32Array {
  const isOut = new Uint8Array(n);
  for (let k = 0; k < leftOut.length; k++) isOut[leftOut[k]] = 1;
  return Int32Array.from({ length: n }, (_, i) => i).filter((i) => isOut[i] === 0);
}
