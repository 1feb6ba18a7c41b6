import { ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Codes, ReadyCodec } from '../../families/compression/types.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { skewedMeanInterval } from '../../numerics/statistics/intervals.ts';
import { Best } from './nearest.ts';

/** A number with its 95 % interval. */
export interface Between {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A seed for queries other than a plan's. */
export const HELD_OUT_SEED = 20_261;

export interface CodeRecallOptions {
  readonly engine: Engine;
  /** Default: 10. */
  readonly k?: number;
  /** Rows that are asked with, of the coded ones or of those given. Default: 500. */
  readonly queries?: number;
  /** Vectors to ask with that are none of the rows: what a fit did not see. */
  readonly asking?: Matrix<Float32Array> | undefined;
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Which share of a row's k nearest other rows, by cosine, is among the k nearest by the codes: the mean over rows drawn
 * as queries, which stay as they are. Rows of length zero have no direction: they do not ask, and their cosine is 0. Undefined
 * with fewer than k + 1 other rows.
 *
 * @throws ShapeError where the queries given have other columns than the rows.
 */
export async function codeRecall(
  points: Matrix<Float32Array>,
  ready: ReadyCodec,
  codes: Codes,
  { engine, k = 10, queries = 500, asking, seed = 1, signal }: CodeRecallOptions,
): Promise<Between | undefined> {
  const { rows: n, cols } = points;
  if (asking && asking.cols !== cols)
    throw new ShapeError('compress', `queries of ${cols} columns`, `${asking.cols}`);
  const { points: unit, norms } = unitOrZeroRows(points);
  if (directedRows(norms).length <= k) return undefined;
  const { points: from, norms: lengthsOfAsking } = asking
    ? unitOrZeroRows(asking)
    : { points: unit, norms };
  const directed = directedRows(lengthsOfAsking);
  const asked = Random.fromSeed(seed)
    .fork('queries')
    .sample(directed.length, Math.min(directed.length, queries))
    .map((place) => directed[place]);
  const lengths = rowNorms(await ready.decode(codes, { engine, signal }));
  const shares: number[] = [];
  const size = Math.max(1, Math.floor(2 ** 22 / n));
  for (let first = 0; first < asked.length; first += size) {
    const some = asked.subarray(first, first + size);
    const block = gathered(from, some);
    const truth = await engine.matmul(block, unit, true, { signal });
    const coded = await ready.products(block, codes, { engine, signal });
    for (const [q, place] of some.entries()) {
      const row = asking ? -1 : place;
      const own = truth.data.subarray(q * n, (q + 1) * n);
      const scores = coded.data.subarray(q * n, (q + 1) * n);
      for (let i = 0; i < n; i++)
        scores[i] = norms[i] > 0 && lengths[i] > 0 ? scores[i] / lengths[i] : 0;
      const wanted = new Set(bestPlaces(own, k, row));
      shares.push(bestPlaces(scores, k, row).filter((i) => wanted.has(i)).length / k);
    }
  }
  const { value, low, high } = skewedMeanInterval(shares);
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/** The places of the k largest numbers but one's own, largest first; equal ones by lower place. */
function bestPlaces(scores: ArrayLike<number>, k: number, self: number): number[] {
  const best = new Best({ k, without: new Set([self]) });
  for (let i = 0; i < scores.length; i++) best.offer(i, scores[i]);
  return best.list.map(({ row }) => row);
}

/** The rows that have a cosine with others. */
function directedRows(norms: ArrayLike<number>): Int32Array {
  return Int32Array.from(Array.from(norms).keys()).filter((row) => norms[row] > 0);
}
