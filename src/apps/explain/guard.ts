import { ShapeError } from '../../core/errors.ts';
import { givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix, row } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import { safree, triggersIn } from '../../families/erasure/index.ts';
import { fittedOf, type Model } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { groupedRows } from './support/grouped-rows.ts';

export interface GuardInput {
  /** n × d: tokens of prompts, chunks of documents. */
  readonly points: Matrix;
  /** m × d: phrases that name what is unwanted. */
  readonly concepts: Matrix;
  /** Where each set begins, and where the last ends, of sets next to one another; left out: all rows are one set. */
  readonly offsets?: ArrayLike<number> | undefined;
  /** The set of each row, in place of offsets: rows of one need not stand together. */
  readonly documents?: readonly string[] | undefined;
  /** Whether each row is known to have nothing of the concept. */
  readonly neutral?: readonly boolean[] | undefined;
}

export interface GuardedSet {
  /** First row. */
  readonly first: number;
  readonly rows: number;
  /** Places of the rows that are flagged, from the first row of all. */
  readonly flagged: readonly number[];
  /** Share of the squared length of the mean row that lies in the span of the concept, before and after. */
  readonly massBefore: number;
  readonly massAfter: number;
  /** 1 − mean cosine of the rows before and after. */
  readonly beta: number;
  /** How many of ten steps of a generator should see the filtered set. */
  readonly steps: number;
}

export interface Guarded {
  readonly model: Model;
  /** n × d. */
  readonly points: Matrix;
  readonly sets: readonly GuardedSet[];
  readonly flagged: number;
  /** Means over the sets. */
  readonly conceptMassBefore: number;
  readonly conceptMassAfter: number;
  /** Mean cosine, before and after, of neutral rows: of those said to be, else of the nine tenths with the least of the concept. */
  readonly neutralCosine: number;
  /** The same where the concept is projected out of every row. */
  readonly projectedCosine: number;
  readonly engine: string;
}

/** Of the steps of a generator, as the paper's code has it. */
const STEPS = 10;
const [STEEPNESS, TURN] = [2.5, 5.333];

/** How many of the steps of a generator see the filtered set: round(U·σ(2k(10β − t))). */
export function guardedSteps(beta: number, steps = STEPS, k = STEEPNESS, t = TURN): number {
  return Math.round(steps / (1 + exp(-2 * k * (10 * beta - t))));
}

/**
 * Takes a concept out of those rows of each set that bring it near to the concept (SAFREE), and says what that changed.
 *
 * @example
 * const { points, sets } = await guardRows({ points: tokens, concepts: phrases, offsets: [0, 12, 30] });
 */
export function guardRows(
  { documents, ...input }: GuardInput,
  options: { readonly alpha?: number } = {},
  run: RunOptions = {},
): Promise<Guarded> {
  return documents
    ? guardedByDocument(documents, input, options, run)
    : guarded(input, options, run);
}

/** The same with the rows of each document together, told in their own order. */
async function guardedByDocument(
  documents: readonly string[],
  { points, neutral, ...input }: GuardInput,
  options: { readonly alpha?: number },
  run: RunOptions,
): Promise<Guarded> {
  const rows = givenPoints('explain guard', points);
  if (documents.length !== rows.rows)
    throw new ShapeError(
      'explain guard',
      `a document for each of the ${rows.rows} rows`,
      `${documents.length}`,
    );
  const { order, offsets } = groupedRows(documents);
  const own = {
    points: gathered(rows, order),
    neutral: neutral && Array.from(order, (i) => neutral[i]),
  };
  const told = await guarded({ ...input, ...own, offsets }, options, run);
  const places = new Int32Array(order.length);
  for (const [at, i] of order.entries()) places[i] = at;
  return {
    ...told,
    points: gathered(told.points, places),
    sets: told.sets.map((set) => ({
      ...set,
      first: order[set.first],
      flagged: set.flagged.map((at) => order[at]),
    })),
  };
}

async function guarded(
  { points, concepts, offsets, neutral }: Omit<GuardInput, 'documents'>,
  options: { readonly alpha?: number },
  run: RunOptions,
): Promise<Guarded> {
  const rows = givenPoints('explain guard', points);
  const bounds = Int32Array.from(offsets ?? [0, rows.rows]);
  const { model, engine } = await safree({ points: rows, concepts }, options, run);
  const after = await safree.transform(model, rows, { ...run, offsets: bounds });
  const fitted = await fittedOf('erasure/safree', model);
  const { flagged, shares } = triggersIn(fitted, rows, bounds);
  const { writes } = fitted.arrays;
  const sets = Array.from({ length: bounds.length - 1 }, (_, s) => {
    const [from, to] = [bounds[s], bounds[s + 1]];
    const own = Array.from({ length: to - from }, (_, i) => from + i);
    const beta = 1 - mean(own.map((i) => cosine(row(rows, i), row(after, i))));
    return {
      ...{ first: from, rows: to - from, flagged: own.filter((i) => flagged[i] === 1) },
      massBefore: massOf(writes, rows, from, to),
      massAfter: massOf(writes, after, from, to),
      ...{ beta, steps: guardedSteps(beta) },
    };
  });
  const isNeutral = neutralRows(shares, neutral);
  return {
    ...{ model, engine, points: after, sets },
    flagged: flagged.reduce((sum, one) => sum + one, 0),
    conceptMassBefore: mean(sets.map(({ massBefore }) => massBefore)),
    conceptMassAfter: mean(sets.map(({ massAfter }) => massAfter)),
    neutralCosine: mean(isNeutral.map((i) => cosine(row(rows, i), row(after, i)))),
    // A row and its projection: the cosine is √(1 − share).
    projectedCosine: mean(isNeutral.map((i) => Math.sqrt(1 - shares[i]))),
  };
}

/** The rows said to be neutral, else the nine tenths with the smallest shares. */
function neutralRows(shares: Float64Array, neutral: GuardInput['neutral']): number[] {
  const order = Array.from(shares.keys());
  if (neutral) return order.filter((i) => neutral[i]);
  const count = Math.max(1, Math.floor(0.9 * shares.length));
  return order.sort((a, b) => shares[a] - shares[b] || a - b).slice(0, count);
}

function massOf({ data: basis, rows: q }: Matrix, m: Matrix, from: number, to: number): number {
  const { data, cols: d } = m;
  const sum = new Float64Array(d);
  for (let e = from * d; e < to * d; e++) sum[e % d] += data[e];
  let [inside, all] = [0, 0];
  for (let c = 0; c < d; c++) all += sum[c] ** 2;
  for (let k = 0; k < q; k++) {
    let amount = 0;
    for (let c = 0; c < d; c++) amount += basis[k * d + c] * sum[c];
    inside += amount * amount;
  }
  return all > 0 ? inside / all : 0;
}

/** 1 between a row of zeros and itself. */
function cosine(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let c = 0; c < x.length; c++) {
    xx += x[c] * x[c];
    xy += x[c] * y[c];
    yy += y[c] * y[c];
  }
  if (xx > 0 && yy > 0) return Math.min(1, xy / Math.sqrt(xx * yy));
  return xx === yy ? 1 : 0;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
