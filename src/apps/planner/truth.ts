import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import type { Corpus } from './corpus.ts';
import { nearestOfCorpus } from './nearest.ts';

/**
 * What is known of the queries before anything is coded: their nearest rows, and some others. Codes make mistakes
 * among near rows; the far ones are many and alike, and a sample stands for them.
 */
export interface Truth {
  /** q × d, of length 1. */
  readonly queries: Matrix<Float32Array>;
  /** Rows of the corpus that are coded to judge a codec, ascending; all of it where it is small. */
  readonly rows: Int32Array;
  /**
   * For each query places in `rows`: its nearest rows, nearest first; a row that is the query itself is left out, and
   * where all would be too many to code, so are most that lie well behind the k nearest.
   */
  readonly nearest: readonly Int32Array[];
  /** How many rows each of the nearest stands for, the same for all queries. */
  readonly stands: Float64Array;
  /** Places in `rows` of those that stand for all others, the same for all queries. */
  readonly sample: Int32Array;
  /** For each query places in `sample`: those that are neither the query itself nor among its nearest. */
  readonly others: readonly Int32Array[];
  /** How many rows of the corpus each of the others stands for, by query. */
  readonly weights: Float64Array;
  /** Cosine of each query and its k-th nearest row. */
  readonly reach: Float64Array;
}

export interface TruthOptions {
  readonly engine: Engine;
  readonly k: number;
  /** Nearest rows of each query that are coded. */
  readonly near: number;
  /** Rows that stand for the others; left out, all. */
  readonly far?: Int32Array | undefined;
  /** Rows that are coded, about, beyond which only one in four stands for those behind 4k. Default: 50,000. */
  readonly most?: number | undefined;
  readonly work: Work;
}

/** The rows that are drawn to stand for all others; undefined where there are not many more. */
export function farRows(n: number, near: number, far: number, random: Random) {
  return n <= near + far ? undefined : random.fork('far').sample(n, far);
}

/**
 * The nearest rows of each query by cosine, exactly, over all n × d rows. `self`: the row of the corpus that a query is,
 * or −1.
 */
export async function truthOf(
  corpus: Corpus,
  queries: Matrix<Float32Array>,
  self: Int32Array,
  { engine, k, near, far, most = MOST, work }: TruthOptions,
): Promise<Truth> {
  const { rows: n } = corpus;
  const width = Math.min(n, near + 1);
  const { indices, distances } = await nearestOfCorpus(corpus, queries, width, { engine, work });
  const nearRows = Array.from({ length: queries.rows }, (_, q) =>
    indices
      .subarray(q * width, (q + 1) * width)
      .filter((row) => row !== self[q] && row >= 0)
      .slice(0, near),
  );
  const isMany = far !== undefined && new Set(nearRows.flatMap((own) => [...own])).size > most;
  const { ranks, stands } = ranksCoded(near, isMany ? 4 * k : near);
  const codedRows = nearRows.map((own) => ranks.filter((t) => t < own.length).map((t) => own[t]));
  const rows = far
    ? Int32Array.from(new Set([...far, ...codedRows.flatMap((own) => [...own])])).sort()
    : Int32Array.from({ length: n }, (_, i) => i);
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  const placesOf = (list: Int32Array) => list.map((row) => placeOf.get(row) ?? -1);
  const drawn = far ?? rows;
  const others = nearRows.map((own, q) => {
    const known = new Set([...own, self[q]]);
    return Int32Array.from(drawn.keys()).filter((at) => !known.has(drawn[at]));
  });
  return {
    queries,
    rows,
    nearest: codedRows.map(placesOf),
    stands,
    sample: placesOf(drawn),
    others,
    weights: Float64Array.from(others, (own, q) =>
      own.length === 0 ? 0 : (n - nearRows[q].length - (self[q] >= 0 ? 1 : 0)) / own.length,
    ),
    reach: Float64Array.from({ length: queries.rows }, (_, q) => {
      const own = self[q] >= 0 && indices[q * width] === self[q] ? k : k - 1;
      const distance = distances[q * width + Math.min(own, width - 1)];
      return 1 - distance ** 2 / 2;
    }),
  };
}

const MOST = 50_000;
/** Ranks that one stands for, behind those that are all coded. */
const STRIDE = 4;

/** All of the first ranks, and of those behind them the middle one of each four. */
function ranksCoded(near: number, all: number): { ranks: Int32Array; stands: Float64Array } {
  const groups = Math.ceil(Math.max(0, near - all) / STRIDE);
  const sizes = Array.from({ length: groups }, (_, g) => Math.min(STRIDE, near - all - g * STRIDE));
  const firsts = Int32Array.from({ length: Math.min(near, all) }, (_, t) => t);
  return {
    ranks: Int32Array.of(...firsts, ...sizes.map((size, g) => all + g * STRIDE + (size >> 1))),
    stands: Float64Array.of(...firsts.map(() => 1), ...sizes),
  };
}

/** How near rows come to queries by their codes. */
export interface Scores {
  /** For each query those of its nearest rows, in their order. */
  readonly nearest: readonly Float32Array[];
  /** q × the rows that stand for the others. */
  readonly sample: Matrix<Float32Array>;
}

/** Cosines that float32 cannot tell apart: rows with one code have the same. */
const SAME = 1e-6;

/**
 * The rank from 0 of each of a query's k true neighbours when rows are ordered by their codes, estimated: q × k. A
 * true neighbour is found by a search of m rows where its rank is below m.
 */
export function ranksByCodes(truth: Truth, k: number, scores: Scores): Float64Array {
  const ranks = new Float64Array(truth.nearest.length * k).fill(Infinity);
  for (const [q, places] of truth.nearest.entries()) {
    const { sample } = scores;
    const near = { scores: scores.nearest[q], places };
    const wanted = near.scores.subarray(0, k);
    // Far rows are many, and few of them come before the last of the wanted.
    const least = wanted.reduce((low, score) => Math.min(low, score), Infinity) - SAME;
    const of = sample.data.subarray(q * sample.cols, (q + 1) * sample.cols);
    const some = truth.others[q].filter((at) => of[at] >= least);
    const far = {
      scores: Float32Array.from(some, (at) => of[at]),
      places: some.map((at) => truth.sample[at]),
    };
    const weights = new Float64Array(some.length).fill(truth.weights[q]);
    for (const [t, score] of wanted.entries())
      ranks[q * k + t] =
        ahead(near, truth.stands, score, places[t]) + ahead(far, weights, score, places[t]);
  }
  return ranks;
}

/** How many rows come before one: with a larger score, or an equal one and a lower place. */
function ahead(
  { scores, places }: { scores: Float32Array; places: Int32Array },
  stands: Float64Array,
  own: number,
  place: number,
): number {
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const more = scores[i] - own;
    if (more > SAME || (more >= -SAME && places[i] < place)) count += stands[i];
  }
  return count;
}
