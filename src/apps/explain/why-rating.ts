import { InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  alternatingLeastSquares,
  type Factorised,
  type Factors,
  lastLayer,
  type ObservedEntries,
  representers,
  strongest,
} from '../../families/attributions/index.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { rowDot } from '../../numerics/rows/dot.ts';
import { rowsWithout } from '../../structures/faithfulness/index.ts';

export interface Ratings {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly values: ArrayLike<number>;
}

export interface WhyRatingOptions {
  readonly user: string;
  readonly item: string;
  /** Columns of the factors. Default: 8. */
  readonly rank?: number | undefined;
  /** λ. Default: 2. */
  readonly ridge?: number | undefined;
  /** At most so many sweeps of training. Default: 500. */
  readonly sweeps?: number | undefined;
  /** Ratings to name for and against. Default: 10. */
  readonly top?: number | undefined;
  readonly seed?: number | undefined;
}

/** A rating, and what it contributes to another one's prediction. */
export interface RatingReason {
  readonly user: string;
  readonly item: string;
  readonly rating: number;
  readonly value: number;
}

export interface RatingView {
  readonly sum: number;
  readonly for: readonly RatingReason[];
  readonly against: readonly RatingReason[];
  /** What the prediction loses where the model is trained on without the ratings for it. */
  readonly deletion: number;
}

/** Which ratings make the prediction of a user's rating of an item. */
export interface ExplainedRating {
  readonly user: string;
  readonly item: string;
  /** The mean of all ratings, which belongs to none, and the prediction that is added to it. */
  readonly constant: number;
  readonly score: number;
  /** Ratings of everybody. */
  readonly representers: RatingView;
  /** The user's own ratings, with the items held where they are; null where there are none. */
  readonly lastLayer: RatingView | null;
  /** What it loses without as many ratings drawn at random. */
  readonly random: number;
  readonly sweeps: number;
  readonly warnings: readonly string[];
}

const END = 1e-10;
/** Training goes on from where it was: so many sweeps settle a few ratings less. */
const FURTHER = 30;

/**
 * Why a recommender of low rank predicts what it does: trained here, to the end, on all ratings.
 *
 * @example
 * const { representers, lastLayer } = await explainRating({ users, items, values }, { user: 'ann', item: 'Blade Runner' });
 */
export async function explainRating(
  ratings: Ratings,
  { user, item, rank = 8, ridge = 2, sweeps = 500, top = 10, seed = 0 }: WhyRatingOptions,
  run: RunOptions = {},
): Promise<ExplainedRating> {
  const { userNames, itemNames, entries, mean, repeated } = entriesOf(ratings);
  const [u, v] = [placeIn(userNames, 'user', user), placeIn(itemNames, 'item', item)];
  const random = Random.fromSeed(seed).fork('explain why');
  const methodRun = new MethodRun(run);
  const start = drawn(userNames.length, itemNames.length, rank, random.fork('start'));
  const model = await alternatingLeastSquares(entries, start, {
    ridge,
    sweeps,
    tolerance: END,
    tick: (sweep) => methodRun.tick({ stage: 'explain why', done: sweep / sweeps }),
  });
  const lossWithout = (left: ArrayLike<number>) => lossOf(entries, model, left, { ridge, u, v });
  const whole = await representers(
    { a: model.p, b: model.q, entries, query: { a: u, b: v } },
    { ridge },
    run,
  );
  const name = (k: number, value: number): RatingReason => ({
    user: userNames[entries.a[k]],
    item: itemNames[entries.b[k]],
    rating: entries.values[k] + mean,
    value,
  });
  const view = async (places: ArrayLike<number>, values: Float64Array): Promise<RatingView> => {
    const numbered = Int32Array.from({ length: values.length }, (_, k) => k);
    const list = { a: numbered, b: numbered, values };
    const best = strongest(list, top);
    return {
      sum: values.reduce((sum, value) => sum + value, 0),
      for: best.map(({ a, value }) => name(places[a], value)),
      against: strongest(list, top, 'against').map(({ a, value }) => name(places[a], value)),
      deletion: await lossWithout(best.map(({ a }) => places[a])),
    };
  };
  const own = Int32Array.from(entries.values.keys()).filter((k) => entries.a[k] === u);
  const history =
    own.length > 0 ? await historyOf(model, entries, own, { u, v, ridge }, run) : null;
  const count = Math.min(top, entries.values.length - 1);
  return {
    user,
    item,
    constant: mean,
    score: whole.score,
    representers: await view(Int32Array.from(entries.values.keys()), whole.contributions.values),
    lastLayer: history ? await view(own, history) : null,
    random: await lossWithout(
      random.fork('ratings').sample(entries.values.length).subarray(0, count),
    ),
    sweeps: model.sweeps,
    warnings: [...repeated, ...whole.warnings],
  };
}

interface Asked {
  readonly u: number;
  readonly v: number;
  readonly ridge: number;
}

/** The user's own ratings in the last layer: a ridge of the vectors of the items. */
async function historyOf(
  { p, q }: Factors,
  { b, values }: ObservedEntries,
  own: Int32Array,
  { u, v, ridge }: Asked,
  run: RunOptions,
): Promise<Float64Array> {
  const r = p.cols;
  const rows = Float64Array.from({ length: own.length * r }, (_, e) => {
    const item = b[own[Math.floor(e / r)]];
    return q.data[item * r + (e % r)];
  });
  const split = await lastLayer(
    {
      a: matrix(rows, own.length, r),
      targets: Float64Array.from(own, (k) => values[k]),
      b: q,
      query: { b: v },
      weights: p.data.subarray(u * r, (u + 1) * r),
    },
    { ridge: ridge / own.length },
    run,
  );
  return split.contributions.values;
}

/** What the prediction loses where training goes on without some ratings. */
async function lossOf(
  { a, b, values }: ObservedEntries,
  model: Factorised,
  left: ArrayLike<number>,
  { u, v, ridge }: Asked,
): Promise<number> {
  const kept = rowsWithout(values.length, left);
  const of = (list: ArrayLike<number>) => Float64Array.from(kept, (k) => list[k]);
  const entries = { a: of(a), b: of(b), values: of(values) };
  const after = await alternatingLeastSquares(entries, model, {
    ridge,
    sweeps: FURTHER,
    tolerance: 1e-6,
  });
  return rowDot(model.p, u, model.q, v) - rowDot(after.p, u, after.q, v);
}

function drawn(m: number, n: number, r: number, random: Random): Factors {
  const set = (rows: number, name: string): Matrix<Float64Array> => {
    const stream = random.fork(name);
    const data = Float64Array.from({ length: rows * r }, () => stream.normal() / Math.sqrt(r));
    return matrix(data, rows, r);
  };
  return { p: set(m, 'users'), q: set(n, 'items') };
}

/** Ratings by place, less their mean; of a pair that stands twice the last. */
function entriesOf({ users, items, values }: Ratings) {
  const { length } = values;
  if (users.length !== length || items.length !== length || length < 2)
    throw new InputError(
      'explain why',
      `ratings need a user, an item and a number each, two or more; got ${users.length}, ${items.length} and ${length}.`,
    );
  const [userNames, itemNames] = [[...new Set(users)], [...new Set(items)]];
  const userPlaces = new Map(userNames.map((name, place) => [name, place]));
  const itemPlaces = new Map(itemNames.map((name, place) => [name, place]));
  const last = new Map<number, number>();
  for (let k = 0; k < length; k++) {
    if (!Number.isFinite(values[k]))
      throw new InputError('explain why', `rating ${k} is ${values[k]}; expected a finite number.`);
    const [u, i] = [userPlaces.get(users[k]) ?? 0, itemPlaces.get(items[k]) ?? 0];
    last.set(u * itemNames.length + i, values[k]);
  }
  const places = [...last.keys()];
  const mean = [...last.values()].reduce((sum, value) => sum + value, 0) / last.size;
  const repeated = length - last.size;
  return {
    userNames,
    itemNames,
    mean,
    entries: {
      a: Int32Array.from(places, (at) => Math.floor(at / itemNames.length)),
      b: Int32Array.from(places, (at) => at % itemNames.length),
      values: Float64Array.from(last.values(), (value) => value - mean),
    },
    repeated:
      repeated > 0 ? [`${repeated} ratings stand again further down; the last counts.`] : [],
  };
}

function placeIn(names: readonly string[], option: string, name: string): number {
  const place = names.indexOf(name);
  if (place >= 0) return place;
  const some = names.slice(0, 5).join(', ');
  throw new OptionError(
    'explain why',
    option,
    `one of the ${names.length} ${option}s, such as ${some}`,
    name,
  );
}
