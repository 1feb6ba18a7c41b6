import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { gathered, type Matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import type { EngineName } from '../../engine/engine.ts';
import { MethodRun, type RunOptions } from '../../method/method.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { skewedMeanInterval } from '../../numerics/statistics/intervals.ts';
import { type Coding, codingsOf, dimsTried } from './candidates.ts';
import { type Corpus, corpusInMemory, directedCorpus, rowsOfCorpus } from './corpus.ts';
import { estimated, turned } from './estimate.ts';
import { type Losses, lossesOf } from './losses.ts';
import { type Between, shareBetween } from './shares.ts';
import { farRows, truthOf } from './truth.ts';

export type { Losses, PartRecall } from './losses.ts';

/** What a plan is to reach: a recall of the k nearest in few bytes, or few bytes with much recall. */
export interface PlanTarget {
  /** The least share of the k nearest rows that will do. */
  readonly recall?: number | undefined;
  /** How many nearest rows. Default: 10. */
  readonly k?: number | undefined;
  /** How many times less than float32 it must be. */
  readonly times?: number | undefined;
}

export interface PlanOptions extends RunOptions {
  readonly target: PlanTarget;
  /** Queries of the kind that will come; left out, rows of the corpus, each without itself. */
  readonly queries?: Matrix | undefined;
  /** Queries that are asked, half to choose and half to promise. Default: 500. */
  readonly asked?: number | undefined;
  /**
   * How many times k rows the chosen way may fetch by codes to compare them exactly with the vectors, which are then
   * kept beside the codes. Default: 1, the codes alone.
   */
  readonly rescore?: number | undefined;
  /** Ids of codecs to try; left out, those that are fitted in seconds. */
  readonly codecs?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

/** A way to store the vectors, and what it keeps. */
export interface PlannedCodec extends Coding {
  /** Principal coordinates that are kept before coding. */
  readonly dims: number;
  /** Times k rows are fetched by codes and compared exactly. */
  readonly rescore: number;
  readonly bytesPerVector: number;
  /** Share of the k nearest rows (k = 10 unless the target says otherwise) that a search by it finds. */
  readonly recallAt10: Between;
}

export interface Plan {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly target: PlanTarget;
  /** What reaches the target best; null where nothing does. */
  readonly chosen: PlannedCodec | null;
  /** Those that no other beats in bytes, recall and rescoring at once; fewest bytes first. */
  readonly front: readonly PlannedCodec[];
  /** What the chosen one loses, and where. */
  readonly losses: Losses | null;
  /** Rows that codecs were fitted to, rows that were coded, and queries. */
  readonly sampled: { readonly fitted: number; readonly coded: number; readonly queries: number };
  readonly engine: EngineName;
  readonly warnings: readonly string[];
}

/** Rows that codecs are fitted to; nearest rows of a query that are coded; rows that stand for all others. */
const [FITTED, NEAR, FAR] = [20_000, 200, 10_000];
/** Times k rows that are fetched. */
const RESCORES = [1, 2, 5, 10] as const;
const USUAL = { k: 10, asked: 500, rescore: 1, seed: 1 } as const;

/** A coding that was tried, with the share of its true neighbours that each query finds. */
interface Tried extends Coding {
  readonly dims: number;
  readonly rescore: number;
  readonly bytesPerVector: number;
  readonly shares: Float64Array;
  readonly ranks: Float64Array;
}

/**
 * Which codec keeps which share of the nearest neighbours by cosine, in how many bytes: known before anything is stored.
 *
 * Each codec is fitted to a sample over 1, ¾, ½, ⅜, ¼ and ⅛ of the principal coordinates. Queries are solved exactly over
 * all rows; then their nearest rows and a sample of the others are coded, and where each true neighbour comes by its
 * code follows. One half of the queries chooses, the other gives the numbers that are promised: a choice flatters itself.
 *
 * @throws InputError, OptionError, ShapeError in a sentence.
 */
export async function planCompression(given: Matrix | Corpus, options: PlanOptions): Promise<Plan> {
  const { target, rescore = USUAL.rescore, codecs, seed = USUAL.seed, signal } = options;
  const k = target.k ?? USUAL.k;
  const whole = 'blocks' in given ? given : corpusInMemory(given);
  const points = await directedCorpus('compress plan', whole);
  requireSensible(target, k, points);
  const run = new MethodRun(options);
  const engine = await run.engineFor(zeros(0, points.cols));
  const random = Random.fromSeed(seed).fork('plan');
  const { rows: n } = points;
  const near = Math.max(NEAR, 2 * k * RESCORES[RESCORES.length - 1]);
  const far = farRows(n, near, FAR, random);
  const ask = queriesOf(options, points, random);
  const [sample, drawn] = await rowsOfCorpus(points, [
    random.fork('sample').sample(n, Math.min(n, FITTED)),
    ask.given ? new Int32Array(0) : ask.rows,
  ]);
  const queries = directionsOf(ask, drawn);
  const self = ask.given ? new Int32Array(queries.rows).fill(-1) : ask.rows;
  const truth = await truthOf(points, queries, self, {
    engine,
    k,
    near,
    far,
    work: { signal, onProgress: (done) => options.onProgress?.({ stage: 'nearest rows', done }) },
  });
  const [coded] = await rowsOfCorpus(points, [truth.rows]);
  const axes = await turned(sample, coded, queries, { engine, signal });
  const tried: Tried[] = [];
  const codings = codingsOf(codecs);
  const widths = dimsTried(axes.rows.cols);
  for (const [c, coding] of codings.entries()) {
    for (const [w, dims] of widths.entries()) {
      const done = (c + w / widths.length) / codings.length;
      await run.tick({ stage: 'compress plan', done });
      const { bytesPerVector, ranks } = await estimated(coding, dims, truth, axes, k, {
        engine,
        signal,
      });
      for (const times of RESCORES) {
        const shares = sharesWithin(ranks, k, times * k);
        tried.push({ ...coding, dims, rescore: times, bytesPerVector, shares, ranks });
      }
    }
  }
  const most = target.times === undefined ? Infinity : (4 * points.cols) / target.times;
  const allowed = tried.filter((own) => own.rescore <= rescore);
  const choice = chosenOf(allowed, target.recall, most);
  return {
    n: whole.rows,
    d: points.cols,
    k,
    target,
    chosen: choice ? planned(choice) : null,
    front: frontOf(tried.map(planned)),
    losses: choice ? lossesOf(truth, choice.ranks, k, choice.rescore * k, random) : null,
    sampled: { fitted: sample.rows, coded: truth.rows.length, queries: queries.rows },
    engine: engine.name,
    warnings: [
      ...(points.rows < whole.rows ? [zerosLeftOut(whole.rows - points.rows)] : []),
      ...(choice ? [] : [nothingReaches(allowed.map(planned), most)]),
    ],
  };
}

function narrow(where: string, given: Matrix): Matrix<Float32Array> {
  const { data } = requireFinite(where, given);
  return data instanceof Float32Array ? (given as Matrix<Float32Array>) : toFloat32(given);
}

const zerosLeftOut = (count: number) =>
  `${counted(count, 'row has', 'rows have')} length zero and so no direction; the plan leaves ${count === 1 ? 'it' : 'them'} out.`;

function requireSensible({ recall, times }: PlanTarget, k: number, { rows: n }: Corpus): void {
  const where = 'compress plan';
  if (recall === undefined && times === undefined)
    throw new OptionError(where, 'target', 'a recall to reach or a size to keep within', 'neither');
  if (recall !== undefined && !(recall > 0 && recall <= 1))
    throw new OptionError(where, 'target', 'a recall above 0 and at most 1', recall);
  if (times !== undefined && !(times > 0))
    throw new OptionError(where, 'size', 'a number of times above 0', times);
  if (!Number.isSafeInteger(k) || k < 1)
    throw new OptionError(where, 'target', 'recall@k with k of 1 or more', k);
  // Half of the queries choose: with fewer rows there is nothing to promise.
  if (n < Math.max(20, 2 * k + 1))
    throw new ShapeError(where, `${Math.max(20, 2 * k + 1)} rows or more to plan on`, `${n}`);
}

/** Which rows are asked with, and of which queries; of none given, rows of the corpus. */
interface Asked {
  readonly rows: Int32Array;
  readonly given?: Matrix<Float32Array> | undefined;
}

function queriesOf(options: PlanOptions, { rows: n, cols }: Corpus, random: Random): Asked {
  const { queries, asked: most = USUAL.asked } = options;
  const given = queries && narrow('compress plan, queries', queries);
  const count = given?.rows ?? n;
  if (given && given.cols !== cols)
    throw new ShapeError('compress plan', `queries of ${cols} columns`, `${given.cols}`);
  if (count < 4) throw new ShapeError('compress plan', '4 queries or more', `${count}`);
  return { rows: random.fork('queries').sample(count, Math.min(count, most)), given };
}

/** The queries, of length 1. */
function directionsOf({ rows, given }: Asked, drawn: Matrix<Float32Array>): Matrix<Float32Array> {
  const { points: queries, norms } = unitOrZeroRows(given ? gathered(given, rows) : drawn);
  const empty = norms.indexOf(0);
  if (given && empty >= 0)
    throw new InputError(
      'compress plan',
      `query ${rows[empty]} has length zero and so no direction.`,
    );
  return queries;
}

function sharesWithin(ranks: Float64Array, k: number, fetched: number): Float64Array {
  return Float64Array.from({ length: ranks.length / k }, (_, q) => {
    const own = ranks.subarray(q * k, (q + 1) * k);
    return own.filter((rank) => rank < fetched).length / k;
  });
}

const isChoosing = (_: number, q: number) => q % 2 === 0;
const isPromising = (_: number, q: number) => q % 2 === 1;

function planned({ codec, options, dims, rescore, bytesPerVector, shares }: Tried): PlannedCodec {
  const recallAt10 = shareBetween(shares.filter(isPromising));
  return { codec, options, dims, rescore, bytesPerVector, recallAt10 };
}

/** The fewest bytes whose recall is reached, or the most recall within the bytes, by the choosing half. */
function chosenOf(
  tried: readonly Tried[],
  recall: number | undefined,
  most: number,
): Tried | undefined {
  const found = tried
    .filter(({ bytesPerVector }) => bytesPerVector <= most)
    .map((own) => ({ own, ...skewedMeanInterval(own.shares.filter(isChoosing)) }));
  const cheaper = (a: Tried, b: Tried) =>
    a.bytesPerVector - b.bytesPerVector || a.rescore - b.rescore;
  if (recall === undefined)
    return found.toSorted((a, b) => b.value - a.value || cheaper(a.own, b.own)).at(0)?.own;
  return found
    .filter(({ low }) => low >= recall)
    .toSorted((a, b) => cheaper(a.own, b.own) || b.value - a.value)
    .at(0)?.own;
}

/** Those that no other is at least as good as in bytes, rescoring and recall, and better in one. */
function frontOf(all: readonly PlannedCodec[]): PlannedCodec[] {
  const beats = (a: PlannedCodec, b: PlannedCodec) => {
    const gains = [
      b.bytesPerVector - a.bytesPerVector,
      b.rescore - a.rescore,
      a.recallAt10.value - b.recallAt10.value,
    ];
    return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
  };
  return all
    .filter((own) => !all.some((other) => beats(other, own)))
    .toSorted((a, b) => a.bytesPerVector - b.bytesPerVector || a.rescore - b.rescore);
}

function nothingReaches(all: readonly PlannedCodec[], most: number): string {
  const within = all.filter(({ bytesPerVector }) => bytesPerVector <= most);
  const best = within.toSorted((a, b) => b.recallAt10.value - a.recallAt10.value).at(0);
  if (!best)
    return `Nothing that was tried fits into ${Number(most.toPrecision(3))} bytes a vector.`;
  const share = best.recallAt10.value.toFixed(3);
  const again = best.rescore > 1 ? `, with ${best.rescore} k rows compared again,` : '';
  return `Nothing that was tried reaches the target for sure; ${best.codec} over ${best.dims} coordinates${again} comes nearest with ${share}.`;
}
