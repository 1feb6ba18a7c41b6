import type { Matrix } from '../../../../core/matrix.ts';
import { exp, log } from '../../../../core/numeric.ts';
import { betainc } from '../../../../numerics/laws/special.ts';
import { studentQuantile } from '../../../../numerics/laws/student.ts';
import { meanOf, squaresAboutMean } from '../../../../numerics/statistics/averages.ts';
import { LEVEL } from '../../../../numerics/statistics/intervals.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import type { Space } from '../../../../structures/space/types.ts';
import { type Classes, classesOfRows, classMeans, meansOfSums } from './classes.ts';

/** Steps of the innermost loops that the draws of one number may take: about a quarter of a second. */
const STEPS = 6e7;
const FEWEST = 5;
const MOST = 50;

/** How often to shuffle where one statistic takes so many steps. */
export function shufflesFor(steps: number): number {
  return Math.max(FEWEST, Math.min(MOST, Math.floor(STEPS / steps)));
}

/** The classes in the r-th random order: every metric shuffles alike. */
export function shuffledClasses(space: Space, classes: Classes, r: number): Classes {
  const order = space.random('classes').fork(r).sample(classes.of.length);
  return classesOfRows(classes, order);
}

/** Numbers that are kept from one metric to the next. */
const MOST_KEPT = 4e6;
const kept = new WeakMap<Space, Map<number, Matrix<Float64Array>>>();

/** The class means of the r-th order; kept where they are few, as several metrics ask for them. */
export function shuffledMeans(space: Space, shuffled: Classes, r: number): Matrix<Float64Array> {
  const known = kept.get(space) ?? new Map<number, Matrix<Float64Array>>();
  const means = known.get(r) ?? classMeans(space.points, shuffled);
  if ((known.size + 1) * means.data.length <= MOST_KEPT) known.set(r, means);
  kept.set(space, known);
  return means;
}

/** Classes of rows that are shuffled at a time. */
const SHUFFLED = 2 ** 24;

/** Finds the class means of so many orders of rows that are absent, some at a time: `shuffledMeans` knows them then. */
export async function sumShuffles(space: Space, classes: Classes, draws: number): Promise<void> {
  if (!space.classSums) return;
  const known = kept.get(space) ?? new Map<number, Matrix<Float64Array>>();
  kept.set(space, known);
  const open = Array.from({ length: draws }, (_, r) => r).filter((r) => !known.has(r));
  const atOnce = Math.max(1, Math.floor(SHUFFLED / classes.of.length));
  for (let from = 0; from < open.length; from += atOnce) {
    const some = open.slice(from, from + atOnce);
    const orders = some.map((r) => shuffledClasses(space, classes, r).of);
    const sums = await space.classSums(orders, classes.names.length);
    for (const [at, r] of some.entries()) known.set(r, meansOfSums(sums[at], classes.counts));
  }
}

/** What is known of a number before it is simulated. */
export interface LawOptions {
  /** 'log' for ratios with a long tail. Default 'plain'. */
  readonly scale?: 'plain' | 'log';
  /** Between which it must lie. */
  readonly range?: readonly [number, number];
}

/** The law of a number when the classes are shuffled among the rows. */
export async function shuffledNull(
  space: Space,
  classes: Classes,
  draws: number,
  observed: number,
  statistic: (classes: Classes, r: number) => number | Promise<number>,
  options: LawOptions = {},
): Promise<NullValue> {
  const values: number[] = [];
  for (let r = 0; r < draws; r++) {
    values.push(await statistic(shuffledClasses(space, classes, r), r));
  }
  return permutedLaw(values, observed, `${draws} times shuffled classes`, options);
}

/**
 * A normal law (of the logarithms, for ratios with a long tail) from B simulated values: the interval of
 * one more value, ± t s √(1 + 1/B), and the two-sided p-value of the one observed, by Student's law with
 * B − 1 degrees of freedom. Simulated ranks would need thousands of values for a small p-value.
 */
export function permutedLaw(
  values: readonly number[],
  observed: number,
  what: string,
  { scale = 'plain', range: [least, most] = [-Infinity, Infinity] }: LawOptions = {},
): NullValue {
  const known = scale === 'log' ? values.map(log) : values;
  const back = scale === 'log' ? exp : (x: number) => x;
  const count = known.length;
  const mean = meanOf(known);
  const error = Math.sqrt((squaresAboutMean(known) / (count - 1)) * (1 + 1 / count));
  const half = studentQuantile(LEVEL, count - 1) * error;
  const ends = {
    value: back(mean),
    low: Math.max(least, back(mean - half)),
    high: Math.min(most, back(mean + half)),
  };
  const how = `simulated, ${what}; ${scale === 'log' ? 'median' : 'mean'}`;
  // A number that no shuffle changes is no test.
  if (!(error > 1e-12 * Math.max(1, Math.abs(mean)))) return { ...ends, how };
  const t = ((scale === 'log' ? log(observed) : observed) - mean) / error;
  const freedom = count - 1;
  const total = freedom + t * t;
  const pValue = betainc(freedom / 2, 0.5, freedom / total, (t * t) / total);
  return { ...ends, pValue, how };
}
