import type { Random } from '../../../../core/random.ts';
import { Z95 } from '../../../../numerics/laws/normal.ts';
import { studentQuantile } from '../../../../numerics/laws/student.ts';
import { meanOf, squaresAboutMean } from '../../../../numerics/statistics/averages.ts';
import { LEVEL } from '../../../../numerics/statistics/intervals.ts';
import type { Classes } from './classes.ts';

const BINS = 10;

/** What a rule says of rows, and how sure it is. */
export interface Guesses {
  /** Which rows these are. */
  readonly rows: ArrayLike<number>;
  /** Class numbers; −1 for none. */
  readonly predicted: Int32Array;
  readonly confidence: ArrayLike<number>;
}

/**
 * How much wider than binomial the share of rows with a property is: rows vote on one another, or share
 * a fit, so that the property of one hangs on the classes of others. Its variance times n/(p(1 − p)), in
 * which ±1.96 standard errors hold 95 % although it comes from few draws.
 *
 * In each draw every row gets a new class on its own: the predicted one as often as the rule is right in
 * rows where it is as sure (ten groups), otherwise another one by frequency. `property` then says anew
 * which rows have the property. The variance of their number, with the rows where they are, is that of the
 * draws; that of rows drawn elsewhere comes on top: p(1 − p) less the mean of the rows' own variances.
 */
export async function dependence(
  random: Random,
  classes: Classes,
  guesses: Guesses,
  draws: number,
  property: (drawn: Classes) => ArrayLike<number> | Promise<ArrayLike<number>>,
): Promise<number> {
  const m = guesses.rows.length;
  const chances = chancesOf(classes, guesses);
  const often = new Float64Array(m);
  const totals: number[] = [];
  for (let r = 0; r < draws; r++) {
    const has = await property(relabelled(random.fork(r), classes, guesses, chances));
    let total = 0;
    for (let i = 0; i < m; i++) {
      often[i] += has[i] / draws;
      total += has[i];
    }
    totals.push(total);
  }
  const mean = meanOf(totals);
  const p = mean / m;
  if (!(p > 0 && p < 1)) return 1;
  const given = squaresAboutMean(totals) / (draws - 1) / m;
  let own = 0;
  for (const share of often) own += (share * (1 - share) * draws) / (draws - 1) / m;
  const widened = (studentQuantile(LEVEL, draws - 1) / Z95) ** 2;
  return (widened * (given + Math.max(0, p * (1 - p) - own))) / (p * (1 - p));
}

/** How often the prediction for each row holds, from the rows with about the same confidence. */
function chancesOf({ of }: Classes, { rows, predicted, confidence }: Guesses): Float64Array {
  const m = rows.length;
  const right = Float64Array.from({ length: m }, (_, i) => (predicted[i] === of[rows[i]] ? 1 : 0));
  const overall = meanOf(right);
  const order = Int32Array.from({ length: m }, (_, i) => i).sort(
    (a, b) => confidence[a] - confidence[b] || a - b,
  );
  const chances = new Float64Array(m);
  const bins = Math.max(1, Math.min(BINS, Math.floor(m / BINS)));
  for (let b = 0; b < bins; b++) {
    const part = order.subarray(Math.floor((b * m) / bins), Math.floor(((b + 1) * m) / bins));
    let hits = overall;
    for (const i of part) hits += right[i];
    for (const i of part) chances[i] = hits / (part.length + 1);
  }
  return chances;
}

function relabelled(
  random: Random,
  { names, of, counts }: Classes,
  { rows, predicted }: Guesses,
  chances: Float64Array,
): Classes {
  const drawn = of.slice();
  const after = counts.slice();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const guess = predicted[i];
    const kept = guess >= 0 && random.uniform() < chances[i];
    // The class of a random row of another class than the predicted one.
    let label = kept ? guess : of[random.integer(of.length)];
    while (!kept && label === guess && counts[guess] < of.length) {
      label = of[random.integer(of.length)];
    }
    after[drawn[row]] -= 1;
    after[label] += 1;
    drawn[row] = label;
  }
  return { names, of: drawn, counts: after };
}
