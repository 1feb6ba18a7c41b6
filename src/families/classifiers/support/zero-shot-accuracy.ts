import { InputError, ShapeError } from '../../../core/errors.ts';
import { skewness } from '../../../numerics/statistics/averages.ts';
import { meanEstimate, normalInterval } from '../../../numerics/statistics/intervals.ts';
import type { ClassScores } from '../types.ts';
import { rangeAmong } from './labeled-rows.ts';

type Among = 'all' | 'seen' | 'unseen';

/** The mean over classes of a share of their rows, and what it would be for other classes like these (95 %). */
export interface ClassMean {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Accuracies where rows may be of seen and unseen classes alike. */
export interface GeneralizedAccuracy {
  /** Taken off the scores of seen classes. */
  readonly gamma: number;
  readonly seen: ClassMean;
  readonly unseen: ClassMean;
  readonly harmonicMean: number;
}

/** How evenly rows fall to classes. */
export interface ClassHubs {
  /** Rows for which each class is the best, in the order of the names it was asked among. */
  readonly counts: Int32Array;
  readonly skewness: number;
}

const WHERE = 'zero-shot accuracy';

/** The mean over classes of the share of rows whose own class is among the `k` of largest score; of equal ones the first. */
export function classHits(
  scored: ClassScores,
  classes: readonly string[],
  { among = 'all', k = 1 }: { readonly among?: Among; readonly k?: number } = {},
): ClassMean {
  const own = placesOf(scored, classes);
  const { names, seen, scores } = scored;
  const [from, to] = rangeAmong(WHERE, among, seen, names.length);
  return meanOfClasses(own, (i) => {
    const row = scores.data.subarray(i * scores.cols, (i + 1) * scores.cols);
    let before = 0;
    for (let c = from; c < to; c++)
      if (row[c] > row[own[i]] || (row[c] === row[own[i]] && c < own[i])) before += 1;
    return before < k;
  });
}

/** The same for rows of both kinds, γ taken off the scores of seen classes (calibrated stacking). */
export function generalizedAccuracy(
  scored: ClassScores,
  classes: readonly string[],
  gamma = 0,
): GeneralizedAccuracy {
  const { own, best, margins, seen } = choicesOf(scored, classes);
  const isHit = (i: number) => best[i][margins[i] < gamma ? 1 : 0] === own[i];
  const of = (isOf: (place: number) => boolean) => meanOfClasses(own, isHit, isOf);
  const accuracy = { seen: of((c) => c < seen), unseen: of((c) => c >= seen) };
  return { gamma, ...accuracy, harmonicMean: harmonic(accuracy.seen.value, accuracy.unseen.value) };
}

/** The γ of the largest harmonic mean for these rows, which are not those that it is judged by; of equally good ones the middle. */
export function calibrationOf(scored: ClassScores, classes: readonly string[]): number {
  const { own, best, margins, seen } = choicesOf(scored, classes);
  const counts = new Map<number, number>();
  for (const c of own) counts.set(c, (counts.get(c) ?? 0) + 1);
  const kinds = [0, 0];
  for (const c of counts.keys()) kinds[c < seen ? 0 : 1] += 1;
  const weight = (i: number) => 1 / ((counts.get(own[i]) as number) * kinds[own[i] < seen ? 0 : 1]);
  // With γ below all margins every row goes to its best seen class; each margin that γ passes turns one to the unseen.
  const order = Int32Array.from(margins.keys()).sort((a, b) => margins[a] - margins[b]);
  const accuracy = [0, 0];
  for (const i of order) if (best[i][0] === own[i]) accuracy[0] += weight(i);
  let found = { gamma: margins[order[0]], mean: -1 };
  for (const [at, i] of order.entries()) {
    if (best[i][0] === own[i]) accuracy[0] -= weight(i);
    if (best[i][1] === own[i]) accuracy[1] += weight(i);
    const next = order[at + 1];
    if (next !== undefined && margins[next] === margins[i]) continue;
    const mean = harmonic(accuracy[0], accuracy[1]);
    if (mean <= found.mean + 1e-12) continue;
    const end = next === undefined ? margins[i] + 1e-9 : margins[next];
    found = { gamma: (margins[i] + end) / 2, mean };
  }
  return found.gamma;
}

/** For how many rows each class is the best, and how skewed these counts are: a class that is best for many is a hub. */
export function classHubs(scored: ClassScores, among: Among = 'all'): ClassHubs {
  const { names, seen, scores } = scored;
  const [from, to] = rangeAmong(WHERE, among, seen, names.length);
  const counts = new Int32Array(to - from);
  for (let i = 0; i < scores.rows; i++) counts[bestPlace(scored, i, from, to) - from] += 1;
  return { counts, skewness: skewness(counts) };
}

const harmonic = (a: number, b: number) => (a + b > 0 ? (2 * a * b) / (a + b) : 0);

function placesOf({ names, scores }: ClassScores, classes: readonly string[]): Int32Array {
  if (classes.length !== scores.rows)
    throw new ShapeError(WHERE, `a class for each of ${scores.rows} rows`, `${classes.length}`);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  return Int32Array.from(classes, (name) => {
    const place = placeOf.get(name);
    if (place !== undefined) return place;
    throw new InputError(WHERE, `the class ${JSON.stringify(name)} has no scores.`);
  });
}

function bestPlace({ scores: { data, cols } }: ClassScores, i: number, from: number, to: number) {
  let best = from;
  for (let c = from + 1; c < to; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
  return best;
}

/** Each row's class, its best seen and unseen class, and by how much the seen one leads. */
function choicesOf(scored: ClassScores, classes: readonly string[]) {
  const own = placesOf(scored, classes);
  const { names, seen, scores } = scored;
  rangeAmong(WHERE, 'unseen', seen, names.length);
  const best = Array.from(own, (_, i) => [
    bestPlace(scored, i, 0, seen),
    bestPlace(scored, i, seen, names.length),
  ]);
  const margins = Float64Array.from(best, ([a, b], i) => {
    return scores.data[i * scores.cols + a] - scores.data[i * scores.cols + b];
  });
  return { own, best, margins, seen };
}

function meanOfClasses(
  own: Int32Array,
  isHit: (i: number) => boolean,
  isOf: (place: number) => boolean = () => true,
): ClassMean {
  const tallies = new Map<number, { hits: number; all: number }>();
  for (const [i, c] of own.entries()) {
    if (!isOf(c)) continue;
    const tally = tallies.get(c) ?? { hits: 0, all: 0 };
    tallies.set(c, { hits: tally.hits + Number(isHit(i)), all: tally.all + 1 });
  }
  const shares = Array.from(tallies.values(), ({ hits, all }) => hits / all);
  const { value, low, high } = normalInterval(meanEstimate(shares));
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}
