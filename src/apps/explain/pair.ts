import { byId } from '../../catalog/by-id.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { grouped } from '../../core/text.ts';
import * as attributions from '../../families/attributions/index.ts';
import type { Attributed, Attribution, Head } from '../../families/attributions/types.ts';
import type { RunOptions } from '../../method/method.ts';
import {
  type Faithfulness,
  faithfulness,
  rowsWithout,
} from '../../structures/faithfulness/index.ts';

const { pooledSimilarity, lateInteraction, bySide, strongest } = attributions;
const { ids, get } = byId<Attribution>('explain pair', 'method', {
  pooledSimilarity,
  lateInteraction,
});

/** The ids of what splits the score of two sets. */
export const pairMethodIds = ids;
export const pairMethodById = get;

/** A thing as its parts: tokens of a text, patches of an image, rows of a document. */
export interface PartSet {
  /** p × d. */
  readonly points: GivenPoints;
  /** What the parts are called; by their numbers where left out. */
  readonly names?: readonly string[] | undefined;
}

export interface PairOptions {
  /** Default: `pooled-similarity`. */
  readonly method?: string | undefined;
  /** Of the method. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly head?: Head | undefined;
  /** Of the parts drawn at random in the test of faithfulness. Default: 0. */
  readonly seed?: number | undefined;
}

/** Pairs of parts that can be told one by one. */
const MOST_PAIRS = 2_000_000;

function requireFew(p: number, q: number): void {
  if (p * q <= MOST_PAIRS) return;
  throw new InputError(
    'explain pair',
    `${grouped(p)} and ${grouped(q)} parts are ${grouped(p * q)} pairs; ${grouped(MOST_PAIRS)} at most can be told one by one: take larger parts, or fewer.`,
  );
}

/** Why two things are near. */
export interface ExplainedPair {
  readonly method: string;
  readonly score: number;
  /** Of part a of the first with part b of the second: the largest first. */
  readonly contributions: readonly attributions.Contribution[];
  /** What each part brings, with all parts of the other. */
  readonly maps: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly parts: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** What the score loses without the strongest parts of both; null where both have one part. */
  readonly faithfulness: Faithfulness | null;
  readonly warnings: readonly string[];
}

/**
 * Which parts of two things make them near: contributions that sum to their score, and what it loses without the parts that
 * contribute most, beside parts drawn at random.
 *
 * @example
 * const { score, contributions } = await explainPair({ points: tokensOfA }, { points: tokensOfB });
 */
export async function explainPair(
  first: PartSet,
  second: PartSet,
  { method = 'pooled-similarity', options = {}, head, seed = 0 }: PairOptions = {},
  run: RunOptions = {},
): Promise<ExplainedPair> {
  const split = pairMethodById(method);
  if (head && !split.takes.includes('head'))
    throw new OptionError('explain pair', 'head', `left out with ${method}`, 'a linear layer');
  const [a, b] = [pointsOf('A', first), pointsOf('B', second)];
  requireFew(a.rows, b.rows);
  const scored = (x: Matrix, y: Matrix): Promise<Attributed> =>
    split({ a: x, b: y, head }, options as never, run);
  const { score, contributions, warnings } = await scored(a, b);
  const maps = [bySide(contributions, 'a', a.rows), bySide(contributions, 'b', b.rows)];
  const without = (set: Matrix, left: Int32Array) => gathered(set, rowsWithout(set.rows, left));
  const found = await faithfulness(
    maps,
    score,
    async ([fromA, fromB]) => (await scored(without(a, fromA), without(b, fromB))).score,
    { random: Random.fromSeed(seed).fork('explain pair') },
  );
  const count = contributions.values.length;
  const against = strongest(contributions, count, 'against').toReversed();
  const none = Array.from(contributions.values.keys()).filter((k) => contributions.values[k] === 0);
  return {
    method,
    score,
    contributions: [
      ...strongest(contributions, count),
      ...none.map((k) => ({ a: contributions.a[k], b: contributions.b[k], value: 0 })),
      ...against,
    ],
    maps: { a: [...maps[0]], b: [...maps[1]] },
    parts: { a: namesOf(first, a.rows), b: namesOf(second, b.rows) },
    faithfulness: found,
    warnings,
  };
}

function pointsOf(side: string, { points, names }: PartSet): Matrix {
  const set = givenPoints(`explain pair, ${side}`, points);
  if (names && names.length !== set.rows)
    throw new OptionError('explain pair', 'names', `${set.rows} names of parts`, names.length);
  return set;
}

const namesOf = ({ names }: PartSet, count: number): readonly string[] =>
  names ?? Array.from({ length: count }, (_, i) => `part ${i}`);
