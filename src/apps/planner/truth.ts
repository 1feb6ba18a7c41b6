import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';

/**
 * What is known of the queries before anything is coded: their nearest rows, and some others. Codes make mistakes
 * among near rows; the far ones are many and alike, and a sample stands for them.
 */
export interface Truth {
  /** q × d, of length 1. */
  readonly queries: Matrix<Float32Array>;
  /** Rows of the corpus that are coded to judge a codec, ascending; all of it where it is small. */
  readonly rows: Int32Array;
  /** For each query places in `rows`: its nearest rows, nearest first; a row that is the query itself is left out. */
  readonly nearest: readonly Int32Array[];
  /** For each query places in `rows` of a sample of the others. */
  readonly others: readonly Int32Array[];
  /** How many rows of the corpus each of the others stands for, by query. */
  readonly weights: Float64Array;
  /** Cosine of each query and its k-th nearest row. */
  readonly reach: Float64Array;
}

export interface TruthOptions {
  readonly engine: Engine;
  readonly random: Random;
  readonly k: number;
  /** Nearest rows of each query that are coded. */
  readonly near: number;
  /** Rows drawn to stand for the others. */
  readonly far: number;
  readonly work: Work;
}

/**
 * The nearest rows of each query by cosine, exactly, over all n × d unit rows. `self`: the row of the corpus that a
 * query is, or −1.
 */
export async function truthOf(
  unit: Matrix<Float32Array>,
  queries: Matrix<Float32Array>,
  self: Int32Array,
  { engine, random, k, near, far, work }: TruthOptions,
): Promise<Truth> {
  const { rows: n } = unit;
  const isWhole = n <= near + far;
  const most = isWhole ? n : Math.min(n, near + 1);
  const { indices, distances } = await engine.nearestAmong(
    queries,
    unit,
    Math.min(most, near + 1),
    work,
  );
  const width = Math.min(most, near + 1);
  const nearRows = Array.from({ length: queries.rows }, (_, q) =>
    indices
      .subarray(q * width, (q + 1) * width)
      .filter((row) => row !== self[q] && row >= 0)
      .slice(0, near),
  );
  const drawn = isWhole ? undefined : random.fork('far').sample(n, far);
  const rows = drawn
    ? Int32Array.from(new Set([...drawn, ...nearRows.flatMap((own) => [...own])])).sort()
    : Int32Array.from({ length: n }, (_, i) => i);
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  const placesOf = (list: Int32Array) => list.map((row) => placeOf.get(row) ?? -1);
  const others = nearRows.map((own, q) => {
    const known = new Set([...own, self[q]]);
    return placesOf((drawn ?? rows).filter((row) => !known.has(row)));
  });
  return {
    queries,
    rows,
    nearest: nearRows.map(placesOf),
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

/**
 * The rank from 0 of each of a query's k true neighbours when rows are ordered by their codes, estimated: q × k. A
 * true neighbour is found by a search of m rows where its rank is below m.
 */
export function ranksByCodes(
  { nearest, others, weights }: Truth,
  k: number,
  scores: Matrix<Float32Array>,
): Float64Array {
  const ranks = new Float64Array(nearest.length * k).fill(Infinity);
  for (const [q, own] of nearest.entries()) {
    const of = scores.data.subarray(q * scores.cols, (q + 1) * scores.cols);
    const wanted = own.subarray(0, k);
    // Far rows are many, and few of them come before the last of the wanted.
    const least = wanted.reduce((low, place) => Math.min(low, of[place]), Infinity);
    const near = placesFrom(of, own, least);
    const far = placesFrom(of, others[q], least);
    for (const [t, place] of wanted.entries())
      ranks[q * k + t] = ahead(of, near, place) + weights[q] * ahead(of, far, place);
  }
  return ranks;
}

/** The places with a score of at least that. */
function placesFrom(scores: Float32Array, places: Int32Array, least: number): Int32Array {
  const out = new Int32Array(places.length);
  let count = 0;
  for (let i = 0; i < places.length; i++) if (scores[places[i]] >= least) out[count++] = places[i];
  return out.subarray(0, count);
}

/** How many of the places come before one: with a larger score, or an equal one and a lower place. */
function ahead(scores: Float32Array, places: Int32Array, place: number): number {
  const own = scores[place];
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const score = scores[places[i]];
    if (score > own || (score === own && places[i] < place)) count++;
  }
  return count;
}

/** The rows that a truth codes. */
export function codedRows(truth: Truth, points: Matrix<Float32Array>): Matrix<Float32Array> {
  return truth.rows.length === points.rows ? points : gathered(points, truth.rows);
}
