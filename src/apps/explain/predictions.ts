import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { labelLocus, labelScores, nextLabel } from '../../families/classifiers/index.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import {
  meanEstimate,
  normalInterval,
  wilsonInterval,
} from '../../numerics/statistics/intervals.ts';
import type { LabelMetric } from './label-metric.ts';

export interface PredictionsInput {
  /** r × K. */
  readonly probabilities: Matrix;
  /** The K labels. */
  readonly observed: readonly string[];
  readonly metric: LabelMetric;
  /** The label of each row, where it is known. */
  readonly truth?: readonly string[] | undefined;
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of the likeliest label, and of the Fréchet mean. */
interface Both<T> {
  readonly argmax: T;
  readonly loki: T;
}

export interface ExplainedPredictions {
  readonly labels: number;
  readonly observed: readonly string[];
  /** What Fréchet means can reach. */
  readonly reachable: readonly string[];
  /** The label to observe next; null where all are reached. */
  readonly next: string | null;
  readonly predictions: readonly Both<string>[];
  /** Share of the rows for which they differ. */
  readonly changed: number;
  readonly squaredDistance: {
    /** If the probabilities are right. */
    readonly expected: Both<number>;
    /** From the labels of the rows, where these are known. */
    readonly measured: Both<Interval> | null;
  };
  readonly accuracy: Both<Interval> | null;
  /** Of rows whose label is not observed; null where there are none. */
  readonly unobserved: (Both<Interval> & { readonly rows: number }) | null;
}

const WHERE = 'explain predict';
/** How far probabilities of a row may be from 1 together, for files of few digits. */
const SLACK = 0.02;

/**
 * Predictions of least expected squared distance beside the likeliest labels, and what is gained.
 *
 * @example
 * const metric = pathMetric('scale', [['cold', 'mild'], ['mild', 'hot']]);
 * const probabilities = matrix(Float64Array.of(0.5, 0.5), 1, 2);
 * explainPredictions({ probabilities, observed: ['cold', 'hot'], metric }).predictions; // [{ argmax: 'cold', loki: 'mild' }]
 */
export function explainPredictions({
  probabilities,
  observed,
  metric: { names, distances },
  truth,
}: PredictionsInput): ExplainedPredictions {
  const place = new Map(names.map((name, at) => [name, at]));
  const places = observed.map((name) => placeOf(name, place, 'the column'));
  const shares = sumsToOne(probabilities);
  const costs = labelScores(shares, distances, places);
  const found = {
    argmax: bestPlaces(shares).map((column) => places[column]),
    loki: bestPlaces(costs),
  };
  const both = <T>(of: (predicted: Int32Array) => T): Both<T> => ({
    argmax: of(found.argmax),
    loki: of(found.loki),
  });
  const c = names.length;
  const meanCost = (own: Int32Array) =>
    meanOf(Float64Array.from(own, (y, i) => 0 - costs.data[i * c + y]));
  const next = nextLabel(distances, places);
  return {
    labels: c,
    observed,
    reachable: Array.from(labelLocus(distances, places), (y) => names[y]),
    next: next === undefined ? null : names[next],
    predictions: Array.from(found.loki, (y, i) => ({
      argmax: names[found.argmax[i]],
      loki: names[y],
    })),
    changed: shareOf(found.loki, (y, i) => y !== found.argmax[i]),
    squaredDistance: {
      expected: both(meanCost),
      measured: truth ? both((own) => measured(own, placesOf(truth, place), distances)) : null,
    },
    ...judged(found, truth && placesOf(truth, place), new Set(places)),
  };
}

const placesOf = (truth: readonly string[], place: ReadonlyMap<string, number>) =>
  Int32Array.from(truth, (name) => placeOf(name, place, 'a row'));

function placeOf(name: string, place: ReadonlyMap<string, number>, whose: string): number {
  const found = place.get(name);
  if (found !== undefined) return found;
  throw new InputError(
    WHERE,
    `${whose} has the label ${JSON.stringify(name)}, which the metric has not (--metric).`,
  );
}

/** The probabilities, each row brought to 1. */
function sumsToOne({ data, rows: r, cols: k }: Matrix): Matrix<Float64Array> {
  const out = zeros64(r, k);
  for (let i = 0; i < r; i++) {
    let total = 0;
    for (let c = 0; c < k; c++) total += data[i * k + c];
    if (!(Math.abs(total - 1) <= SLACK))
      throw new InputError(
        WHERE,
        `the probabilities of row ${i} are ${Number(total.toPrecision(4))} together in place of 1 (counted from 0); are all labels in the metric?`,
      );
    for (let c = 0; c < k; c++) out.data[i * k + c] = data[i * k + c] / total;
  }
  return out;
}

/** The place of each row's largest number; of equal ones the first. */
function bestPlaces({ data, rows: r, cols: c }: Matrix): Int32Array {
  return Int32Array.from({ length: r }, (_, i) => {
    let best = 0;
    for (let y = 1; y < c; y++) if (data[i * c + y] > data[i * c + best]) best = y;
    return best;
  });
}

const shareOf = (own: Int32Array, isOne: (y: number, i: number) => boolean): number =>
  own.reduce((sum, y, i) => sum + Number(isOne(y, i)), 0) / own.length;

function measured(own: Int32Array, truth: Int32Array, { data, cols }: Matrix): Interval {
  const squares = Float64Array.from(own, (y, i) => data[y * cols + truth[i]] ** 2);
  const { value, low, high } = normalInterval(meanEstimate(squares));
  return { value, low: Math.max(0, low), high };
}

function judged(
  found: Both<Int32Array>,
  truth: Int32Array | undefined,
  observed: ReadonlySet<number>,
): Pick<ExplainedPredictions, 'accuracy' | 'unobserved'> {
  if (!truth) return { accuracy: null, unobserved: null };
  const rows = Array.from(truth.keys());
  const away = rows.filter((i) => !observed.has(truth[i]));
  const share = (own: Int32Array, of: readonly number[]): Interval => {
    const value = of.filter((i) => own[i] === truth[i]).length / of.length;
    return { value, ...wilsonInterval(value, of.length) };
  };
  const both = (of: readonly number[]): Both<Interval> => ({
    argmax: share(found.argmax, of),
    loki: share(found.loki, of),
  });
  return {
    accuracy: both(rows),
    unobserved: away.length > 0 ? { ...both(away), rows: away.length } : null,
  };
}
