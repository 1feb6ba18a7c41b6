import { OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  type Contribution,
  lastLayer,
  sparseRepresenters,
  strongest,
} from '../../families/attributions/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { type ClassScores, classScoresOf } from './class-scores.ts';

export interface WhyInput {
  /** n × d: the row that is asked about, and those that the model is trained on. */
  readonly points: GivenPoints;
  /** A class for each row. */
  readonly classes: readonly string[];
}

export interface WhyOptions {
  readonly row: number;
  /** The class whose score is split; the one that is predicted where left out. */
  readonly class?: string | undefined;
  /** Default: `last-layer`. */
  readonly method?: 'last-layer' | 'sparse-representers' | undefined;
  /** Of `last-layer`. Default: squared. */
  readonly loss?: 'squared' | 'logistic' | undefined;
  /** λ, for columns whose mean square is 1. Default: 0.01. */
  readonly penalty?: number | undefined;
  /** Rows to name for and against. Default: 10. */
  readonly top?: number | undefined;
  readonly seed?: number | undefined;
}

/** A training row, and what it contributes. */
export interface Reason {
  readonly row: number;
  readonly class: string;
  readonly value: number;
}

/** Which training rows make a prediction. */
export interface ExplainedPrediction {
  readonly method: string;
  readonly row: number;
  /** What the row is called, what the model takes it for, and the class whose score is split. */
  readonly actual: string;
  readonly predicted: string;
  readonly class: string;
  readonly score: number;
  /** Σ of all contributions: the score, to rounding. */
  readonly sum: number;
  /** b is always the row asked about: the largest first, those for the score and those against. */
  readonly contributions: readonly Contribution[];
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
  /** Share of the support that rows of the class itself give. */
  readonly ownClass: number;
  /** What the score loses where the model is trained without the rows for it, beside as many at random. */
  readonly deletion: {
    readonly rows: number;
    readonly top: number;
    readonly random: number;
  } | null;
  readonly warnings: readonly string[];
}

/** Random draws beside the rows that are named. */
const DRAWS = 5;

/**
 * Why a linear classifier on the vectors says what it says of a row: it is trained on all other rows, a class against the
 * others, and its score is split over them.
 *
 * @example
 * const { for: reasons, deletion } = await explainWhy({ points: vectors, classes: topics }, { row: 17 });
 */
export async function explainWhy(
  { points: given, classes }: WhyInput,
  {
    row,
    top = 10,
    penalty = 0.01,
    method = 'last-layer',
    loss = 'squared',
    seed = 0,
    ...asked
  }: WhyOptions,
  run: RunOptions = {},
): Promise<ExplainedPrediction> {
  const points = requireFinite('explain why', givenPoints('explain why', given));
  const others = checked(points, classes, row);
  const rows = withOnes(points);
  const a = gathered(rows, others);
  const own = others.map((i) => classes.indexOf(classes[i]));
  const engine = await new MethodRun(run).engineFor(points);
  const model = await classScoresOf(a, own, penalty, engine);
  const x = gathered(rows, [row]);
  const scores = model.scores(x);
  const names = model.classes.map((first) => classes[first]);
  const predicted = names[scores.indexOf(Math.max(...scores))];
  const wanted = asked.class ?? predicted;
  const place = names.indexOf(wanted);
  if (place < 0)
    throw new OptionError(
      'explain why',
      'class',
      `one of ${names.slice(0, 20).join(', ')}`,
      wanted,
    );
  const targets = Float64Array.from(others, (i) => (classes[i] === wanted ? 1 : -1));
  const input = { a, targets, b: x, query: { b: 0 } };
  const split =
    method === 'sparse-representers'
      ? await sparseRepresenters(input, { penalty }, run)
      : loss === 'logistic'
        ? await lastLayer(input, { ridge: penalty, loss }, run)
        : await lastLayer({ ...input, weights: model.weights(place) }, { ridge: penalty }, run);
  const { score, contributions, warnings } = split;
  const reason = ({ a: at, value }: Contribution): Reason => ({
    row: others[at],
    class: classes[others[at]],
    value,
  });
  const supporting = strongest(contributions, others.length);
  const support = supporting.reduce((sum, { value }) => sum + value, 0);
  const ofClass = supporting.filter(({ a: at }) => classes[others[at]] === wanted);
  const isSquared = method === 'last-layer' && loss === 'squared';
  return {
    method,
    row,
    actual: classes[row],
    predicted,
    class: wanted,
    score,
    sum: contributions.values.reduce((sum, value) => sum + value, 0),
    contributions: Array.from(contributions.values, (value, k) => ({
      a: others[k],
      b: row,
      value,
    })).sort((p, q) => q.value - p.value || p.a - q.a),
    for: supporting.slice(0, top).map(reason),
    against: strongest(contributions, top, 'against').map(reason),
    ownClass: support > 0 ? ofClass.reduce((sum, { value }) => sum + value, 0) / support : 0,
    deletion: isSquared
      ? deletionOf(model, { a, x, place, score, seed }, supporting.slice(0, top))
      : null,
    warnings,
  };
}

function checked(points: Matrix, classes: readonly string[], row: number): Int32Array {
  const { rows: n } = points;
  if (classes.length !== n)
    throw new ShapeError('explain why', `${n} classes, one for each row`, `${classes.length}`);
  if (!Number.isSafeInteger(row) || row < 0 || row >= n)
    throw new OptionError('explain why', 'row', `a row from 0 to ${n - 1}`, row);
  const others = Int32Array.from({ length: n }, (_, i) => i).filter((i) => i !== row);
  const known = new Set(Array.from(others, (i) => classes[i]));
  if (known.size < 2)
    throw new OptionError('explain why', 'classes', 'two classes or more besides the row', [
      ...known,
    ]);
  return others;
}

/** Columns scaled to a mean square of 1 over all numbers, and one of ones behind them. */
function withOnes(points: Matrix): Matrix {
  const { data, rows: n, cols: d } = points;
  const scale = Math.sqrt(squaredNorm(data) / data.length) || 1;
  const out = zerosLike(
    matrix(new (data.constructor as typeof Float32Array)(n * (d + 1)), n, d + 1),
  );
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out.data[i * (d + 1) + c] = data[i * d + c] / scale;
    out.data[i * (d + 1) + d] = 1;
  }
  return out;
}

interface Asked {
  readonly a: Matrix;
  readonly x: Matrix;
  readonly place: number;
  readonly score: number;
  readonly seed: number;
}

/** What the score loses where the model is trained without some rows. */
function deletionOf(
  model: ClassScores,
  { a, x, place, score, seed }: Asked,
  named: readonly Contribution[],
) {
  const rows = named.map(({ a: at }) => at);
  if (rows.length === 0 || rows.length >= a.rows) return null;
  const lossWithout = (left: ArrayLike<number>) => score - model.scoreWithout(x, place, left);
  const random = Random.fromSeed(seed).fork('explain why');
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++)
    sum += lossWithout(random.fork(draw).sample(a.rows).subarray(0, rows.length));
  return { rows: rows.length, top: lossWithout(rows), random: sum / DRAWS };
}
