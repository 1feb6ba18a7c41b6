import { gathered, type Matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Alignment } from '../../../families/alignment/types.ts';
import type { Model } from '../../../learning/index.ts';
import type { RunOptions } from '../../../method/method.ts';
import { hitsAt, partnerRanks } from '../../../structures/retrieval/partner-ranks.ts';

/** At most so many pairs are asked about. */
const MOST_ASKED = 5000;

export interface RowsInPairs {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Both spaces, with the rows that belong together. */
export interface PairedSpaces {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly pairs: RowsInPairs;
}

/** What became of each pair that was asked about, in the order of `pairs`. */
export interface HeldOutPairs {
  readonly pairs: RowsInPairs;
  /** Pairs that share a row of A or B have the same number. */
  readonly groups: Int32Array;
  /**
   * Whether the partner is the first, or among ten: 0 or 1, a share among equal rows, and a little more or less where
   * maps get better with more pairs.
   */
  readonly first: Float64Array;
  readonly amongTen: Float64Array;
  /** 1 − cosine of the moved row and its partner. */
  readonly residual: Float64Array;
  /** Rows of B that are nearer than the partner. */
  readonly above: Float64Array;
}

interface Judge {
  readonly method: Alignment;
  readonly options: Readonly<Record<string, unknown>>;
  readonly random: Random;
  readonly run: RunOptions & { readonly engine: Engine };
  /** Told the share of the parts that are done. */
  readonly onPart?: (done: number) => void;
}

/**
 * Asks for the partner of each pair, among all rows of B, with a map that was fitted to the pairs of the other parts. Such a
 * map has a share s of the pairs. Over so short a stretch the log odds of recall grow about as the logarithm of the pairs,
 * so another map, of half as many, says how much is missing: log₂(1/s) of what the log odds grew from s/2 to s. It is
 * added row by row, in proportion to what each row gained.
 * Undefined where the pairs hang together so that no part leaves enough to fit to.
 */
export async function heldOutByFolds(
  spaces: PairedSpaces,
  folds: number,
  judge: Judge,
): Promise<HeldOutPairs | undefined> {
  const { method, random } = judge;
  const groups = groupsOf(spaces.pairs);
  const fold = foldsOf(groups, folds, random.fork('folds'));
  const places = Int32Array.from(fold, (_, at) => at);
  const chosen = random.fork('asked').sample(places.length, Math.min(places.length, MOST_ASKED));
  const isAsked = new Set(chosen);
  const parts: Part[] = [];
  for (let part = 0; part < folds; part++) {
    const asked = places.filter((at) => fold[at] === part && isAsked.has(at));
    if (asked.length === 0) continue;
    const known = places.filter((at) => fold[at] !== part);
    if (known.length < method.fewestPairs) continue;
    const asks = async (at: Int32Array) =>
      askedOf(spaces, groups, asked, await fitted(spaces, at, judge), judge);
    const whole = await asks(known);
    const some = random
      .fork('half')
      .fork(part)
      .sample(known.length, known.length >> 1);
    const missing = log(places.length / known.length) / Math.LN2;
    const isEnough = some.length >= method.fewestPairs;
    const half = isEnough ? await asks(some.map((at) => known[at]).sort()) : undefined;
    parts.push({ whole, half, missing });
    judge.onPart?.((part + 1) / folds);
  }
  return parts.length > 0 ? withTrend(parts) : undefined;
}

/** Asks for the partners with a map that was fitted without any pair. */
export async function heldOutAll(
  spaces: PairedSpaces,
  model: Model,
  judge: Judge,
): Promise<HeldOutPairs> {
  const n = spaces.pairs.a.length;
  const asked = judge.random.fork('asked').sample(n, Math.min(n, MOST_ASKED)).sort();
  return askedOf(spaces, groupsOf(spaces.pairs), asked, model, judge);
}

async function fitted(
  { a, b, pairs }: PairedSpaces,
  at: Int32Array,
  { method, options, run }: Judge,
): Promise<Model> {
  const some = { a: gather(pairs.a, at), b: gather(pairs.b, at) };
  return (await method({ a, b, pairs: some }, options as never, run)).model;
}

const gather = (values: Int32Array, at: Int32Array) => at.map((place) => values[place]);

async function askedOf(
  { a, b, pairs }: PairedSpaces,
  groups: Int32Array,
  asked: Int32Array,
  model: Model,
  { method, run }: Judge,
): Promise<HeldOutPairs> {
  const own = { a: gather(pairs.a, asked), b: gather(pairs.b, asked) };
  const moved = await method.transform(model, gathered(a, own.a), 'a', run);
  const among = await method.transform(model, b, 'b', run);
  const work = { signal: run.signal };
  const ranks = await partnerRanks(moved, among, own.b, { engine: run.engine, work });
  return {
    pairs: own,
    groups: gather(groups, asked),
    first: hitsAt(ranks, 1),
    amongTen: hitsAt(ranks, 10),
    residual: ranks.partner.map((cosine) => 1 - cosine),
    above: Float64Array.from(ranks.above, (above, i) => above + ranks.equal[i] / 2),
  };
}

/** Pairs asked about with a map of all other parts, and with one of half as many pairs where these are enough. */
interface Part {
  readonly whole: HeldOutPairs;
  readonly half: HeldOutPairs | undefined;
  /** log₂ of all pairs over those of `whole`. */
  readonly missing: number;
}

function withTrend(parts: readonly Part[]): HeldOutPairs {
  const both = parts.flatMap(({ whole, half, missing }) =>
    half ? [{ whole, half, missing }] : [],
  );
  const found = joined(parts.map(({ whole }) => whole));
  const better = (name: 'first' | 'amongTen') => {
    const hits = (of: readonly HeldOutPairs[]) => of.flatMap((part) => [...part[name]]);
    const [after, before] = [hits(both.map((b) => b.whole)), hits(both.map((b) => b.half))];
    const share = shareGained(after, before);
    return Float64Array.from(
      parts.flatMap(({ whole, half, missing }) =>
        Array.from(whole[name], (hit, i) =>
          half ? hit + share(missing) * (hit - half[name][i]) : hit,
        ),
      ),
    );
  };
  return { ...found, first: better('first'), amongTen: better('amongTen') };
}

/**
 * How many times what recall gained from half of the pairs to all it gains again when they grow 2^missing-fold, if its
 * log odds grow as the logarithm of the pairs: less than `missing` times where it nears 1.
 */
function shareGained(after: readonly number[], before: readonly number[]) {
  const n = after.length;
  const sum = (hits: readonly number[]) => hits.reduce((total, hit) => total + hit, 0);
  // Half a row more found and missed, so that all and none have odds, too.
  const [all, half] = [(sum(after) + 0.5) / (n + 1), (sum(before) + 0.5) / (n + 1)];
  const odds = (share: number) => log(share / (1 - share));
  return (missing: number): number => {
    if (all === half) return 0;
    const next = 1 / (1 + exp(-(odds(all) + missing * (odds(all) - odds(half)))));
    return (next - all) / (all - half);
  };
}

function joined(parts: readonly HeldOutPairs[]): HeldOutPairs {
  const ints = (of: (part: HeldOutPairs) => Int32Array) =>
    Int32Array.from(parts.flatMap((part) => [...of(part)]));
  const floats = (of: (part: HeldOutPairs) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...of(part)]));
  return {
    pairs: { a: ints(({ pairs }) => pairs.a), b: ints(({ pairs }) => pairs.b) },
    groups: ints(({ groups }) => groups),
    first: floats(({ first }) => first),
    amongTen: floats(({ amongTen }) => amongTen),
    residual: floats(({ residual }) => residual),
    above: floats(({ above }) => above),
  };
}

/** Pairs that share a row get one number, that of the first of them: none is fitted to while another is asked about. */
function groupsOf({ a, b }: RowsInPairs): Int32Array {
  const groups = Int32Array.from(a, (_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (groups[root] !== root) root = groups[root];
    return root;
  };
  for (const rows of [a, b]) {
    const firstOf = new Map<number, number>();
    rows.forEach((row, at) => {
      const [own, other] = [rootOf(at), rootOf(firstOf.get(row) ?? at)];
      groups[Math.max(own, other)] = Math.min(own, other);
      firstOf.set(row, Math.min(own, other));
    });
  }
  return groups.map((_, at) => rootOf(at));
}

/** The part of each pair: groups are dealt out in random order. */
function foldsOf(groups: Int32Array, folds: number, random: Random): Int32Array {
  const names = [...new Set(groups)];
  const partOf = new Map(
    Array.from(random.sample(names.length), (place, at) => [names[place], at % folds]),
  );
  return groups.map((group) => partOf.get(group) ?? 0);
}
