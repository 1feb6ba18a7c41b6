import { OptionError, ShapeError } from '../../../core/errors.ts';
import { matrix } from '../../../core/matrix.ts';
import { defaultEngine } from '../../../engine/choose.ts';
import { listening } from '../../../engine/listening.ts';
import type { ComparisonRunOptions, Pair, PairInput } from '../types.ts';
import { consistentMoments } from './consistent-moments.ts';
import type { Eigenmoments } from './eigenmoments.ts';
import { directionsOf, pairMoments, rowsForDegree } from './moments.ts';
import { shapeParts } from './nuclear.ts';
import { createPair } from './pair.ts';
import { plugInLikeness } from './plug-in.ts';
import { firstMoments, momentInterval } from './root-polynomials.ts';

const WHERE = 'planShapeDistance';
/** Moments are added only where these cannot do: the least of several plans from one pilot flatters. */
const USUAL_DEGREE = 3;
const MOST_DEGREE = 6;
/** More rows than this are not planned. */
const MOST_ROWS = 1e8;

/** How many rows the cosine of a shape distance needs, as far as the rows at hand can say. */
export interface ShapePlan {
  /** Of cos θ, as asked for. */
  readonly accuracy: number;
  /** Rows that the plan was made from. */
  readonly rows: number;
  readonly plugIn: {
    /** So many rows bring what unrelated spaces have, plus 95 % of the sampling, down to the accuracy. */
    readonly rows: number;
    /** What unrelated spaces with these spectra have at the rows at hand, where the truth is 0. */
    readonly bias: number;
    /** Half of the 95 % interval at the rows at hand. */
    readonly error: number;
    /** min(dA, dB)/accuracy²: bounds the bias for unrelated spaces of any spectra. */
    readonly rowsForAnySpectra: number;
  };
  readonly moments: {
    /** So many rows make the 95 % interval no wider than ± the accuracy; null: no number of rows does. */
    readonly rows: number | null;
    /** Moments to take: 3, or as many more as the accuracy needs. */
    readonly degree: number;
    /** Half of the interval at the rows at hand. */
    readonly halfWidth: number;
  };
  /** The plan in words. */
  readonly sentence: string;
}

export interface ShapePlanOptions {
  /** The most by which cos θ may be off, above 0 and at most 1; default 0.05. */
  readonly accuracy?: number | undefined;
}

/**
 * How many rows an angular shape distance needs, from a pilot of n rows, n × dA and n × dB.
 *
 *     plug-in:  n' = n ((c + h)/ε)²,   c what unrelated spaces have at n rows, h half of the 95 % interval
 *     moments:  the least n' with half of the interval ≤ ε, for the nearest moments that a spectrum has and
 *               with their covariance taken as C·n/n'
 *
 * n times the variance of a U-statistic does not grow with n, so the plan of the moments is on the safe side as
 * far as sampling goes. That of the plug-in form is not where the pilot has fewer rows than dimensions:
 * the spectra of few rows are too steep. `rowsForAnySpectra` bounds its bias for unrelated spaces whatever
 * the spectra.
 *
 * @remarks
 * Run it on a pilot before vectors are bought or computed: a few hundred rows suffice.
 *
 * @example
 * ```ts
 * import { matrix } from 'tammes';
 * import { planShapeDistance } from 'tammes/comparisons';
 *
 * const circle = Float64Array.from({ length: 80 }, (_, i) => Math.cos((i % 2) * 1.5 + i));
 * const pilot = { a: matrix(circle, 40, 2), b: matrix(circle.map((x) => 2 * x), 40, 2) };
 * const plan = await planShapeDistance(pilot, { accuracy: 0.1 });
 * console.log(plan.plugIn.rowsForAnySpectra); // 200
 * ```
 *
 * @function
 */
export async function planShapeDistance(
  input: PairInput,
  options: ShapePlanOptions = {},
  run: ComparisonRunOptions = {},
): Promise<ShapePlan> {
  const engine = listening(run.engine ?? (await defaultEngine(input.a)), run.signal);
  const pair = createPair(WHERE, input, { rows: 'paired', columns: 'any' }, engine, run);
  return shapePlan(pair, options);
}

/** `planShapeDistance` for a pair whose facts are shared. */
export async function shapePlan(
  pair: Pair,
  { accuracy = 0.05 }: ShapePlanOptions,
): Promise<ShapePlan> {
  if (!(accuracy > 0 && accuracy <= 1))
    throw new OptionError(WHERE, 'accuracy', 'a number above 0 and at most 1', accuracy);
  const least = rowsForDegree(1);
  if (pair.n < least) throw new ShapeError(WHERE, `at least ${least} rows`, `${pair.n}`);
  const plugIn = await plugInPlan(pair, accuracy);
  const moments = await momentPlan(pair, accuracy);
  const sentence = sentenceOf(accuracy, plugIn, moments);
  return { accuracy, rows: pair.n, plugIn, moments, sentence };
}

async function plugInPlan(pair: Pair, accuracy: number): Promise<ShapePlan['plugIn']> {
  const parts = await shapeParts(pair);
  if (parts.a === 0 || parts.b === 0)
    throw new ShapeError(WHERE, 'rows that differ', `equal rows in ${parts.a === 0 ? 'A' : 'B'}`);
  const { half, draws } = await plugInLikeness(pair, parts);
  const bias = draws.reduce((sum, x) => sum + x / draws.length, 0);
  return {
    rows: Math.ceil(pair.n * ((bias + half) / accuracy) ** 2),
    bias,
    error: half,
    rowsForAnySpectra: Math.ceil(directionsOf(pair) / accuracy ** 2 - 1e-9),
  };
}

async function momentPlan(pair: Pair, accuracy: number): Promise<ShapePlan['moments']> {
  const most = Math.min(MOST_DEGREE, Math.floor((Math.min(pair.n, pair.sample) - 2) / 4));
  const all = await pairMoments(pair, most);
  if (!all) return { rows: null, degree: most, halfWidth: 1 };
  const directions = directionsOf(pair);
  const few = { rows: null, degree: most, halfWidth: halfWidthAt(all, directions, all.rows) };
  for (let degree = Math.min(USUAL_DEGREE, most); degree <= most; degree++) {
    const moments = firstMoments(all, degree);
    const rows = leastRows(moments, directions, accuracy);
    if (rows !== null)
      return { rows, degree, halfWidth: halfWidthAt(moments, directions, moments.rows) };
  }
  return few;
}

function halfWidthAt(moments: Eigenmoments, directions: number, rows: number): number {
  const share = moments.rows / rows;
  const { data, rows: degree } = moments.covariance;
  const covariance = matrix(
    data.map((c) => c * share),
    degree,
    degree,
  );
  const { low, high } = momentInterval({ ...moments, covariance }, directions);
  return (high - low) / 2;
}

/** By halving on the logarithm, to 2 %. */
function leastRows(moments: Eigenmoments, directions: number, accuracy: number): number | null {
  // Noise makes moments contradict one another once their covariance shrinks: a spectrum’s do not.
  const consistent = consistentMoments(moments, directions);
  const fits = (rows: number) => halfWidthAt(consistent, directions, rows) <= accuracy;
  let low = consistent.rows;
  if (fits(low)) return low;
  let high = MOST_ROWS;
  if (!fits(high)) return null;
  while (high > 1.02 * low) {
    const middle = Math.sqrt(low * high);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}

function sentenceOf(
  accuracy: number,
  plugIn: ShapePlan['plugIn'],
  moments: ShapePlan['moments'],
): string {
  const rows = (n: number) => n.toLocaleString('en-US');
  const byMoments =
    moments.rows === null
      ? `no number of rows is enough for the moment estimate with up to ${MOST_DEGREE} moments`
      : `the moment estimate needs about ${rows(moments.rows)} with ${moments.degree} moments`;
  return `For cos θ to ±${accuracy} the plug-in shape distance needs about ${rows(plugIn.rows)} rows; ${byMoments}.`;
}
