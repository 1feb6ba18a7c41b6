import { InputError, OptionError } from '../../../core/errors.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type {
  Corpus,
  EffortPoint,
  Found,
  OpenIndex,
  SearchIndex,
  SearchRequest,
} from '../../../families/search/types.ts';
import type { RunOptions } from '../../../method/method.ts';

/** So many queries, if there are as many, are answered exactly as well. */
const SAMPLE = 32;

interface Curve {
  readonly points: readonly EffortPoint[];
  /** Rows wanted when it was measured. */
  readonly k: number;
}

function curveOf({ settings }: OpenIndex): Curve | undefined {
  const { curve, curveK } = settings;
  if (!Array.isArray(curve) || typeof curveK !== 'number') return undefined;
  return { points: curve as EffortPoint[], k: curveK };
}

/** The effort for k rows that compares with one of the curve: what is kept grows with what is wanted. */
const scaled = (effort: number, k: number, curve: Curve) =>
  (effort * curve.k) / Math.max(k, curve.k);

/**
 * The least effort of an index whose recall, measured on its own documents when it was built, is at least that; undefined where the
 * index is exact anyway. All effort where the curve does not get so far.
 */
export function effortFor(
  search: SearchIndex,
  index: OpenIndex,
  recall: number,
  k: number,
): number | undefined {
  if (!(recall > 0 && recall <= 1))
    throw new OptionError('search query', 'recall', 'a number above 0, at most 1', recall);
  if (!search.effort) return undefined;
  const curve = curveOf(index);
  if (!curve)
    throw new InputError(
      'search query',
      'the index does not say its recall for each effort; pass --effort, or build it anew.',
    );
  const point = curve.points.find((own) => own.recall >= recall);
  const most = search.effort.most(index);
  return point ? Math.min(most, Math.ceil((point.effort * Math.max(k, curve.k)) / curve.k)) : most;
}

/**
 * Answers with the share of the true ones that is expected among them: 1 where they are exact; else, of 32 queries or
 * more, measured on 32 drawn ones that are answered exactly as well; else as the index measured it at its building;
 * NaN where nothing is known.
 */
export async function withEstimatedRecall(
  search: SearchIndex,
  index: OpenIndex,
  queries: Corpus,
  request: SearchRequest,
  found: Found,
  run: RunOptions = {},
): Promise<Found & { readonly recall: Float64Array }> {
  const recall = new Float64Array(found.scanned.length);
  if (found.exact) return { ...found, recall: recall.fill(1) };
  const { points } = queries;
  const canSolve = search.takes === 'points' && search.asks === 'points' && search.canBeExact;
  if (canSolve && points && recall.length >= SAMPLE)
    return {
      ...found,
      recall: recall.fill(
        await recallOnSample(search, index, points as Matrix, request, found, run),
      ),
    };
  const known = request.allowed
    ? undefined
    : expectedRecall(search, index, request.effort, request.k);
  return { ...found, recall: recall.fill(known ?? NaN) };
}

/**
 * What the index measured at its build for that effort, or its usual one: of the last point that takes no more. Less effort than the
 * first point takes no index: each keeps k rows at least.
 */
export function expectedRecall(
  search: SearchIndex,
  index: OpenIndex,
  given: number | undefined,
  k: number,
): number | undefined {
  const curve = curveOf(index);
  const effort = given ?? search.effort?.usual(index, k);
  if (!curve || effort === undefined) return undefined;
  const { points } = curve;
  const point = points.findLast((own) => own.effort <= scaled(effort, k, curve)) ?? points.at(0);
  return point?.recall;
}

/** The effort that reaches a recall, no less than the usual one; undefined where the index has measured none. */
export function sureEffort(
  search: SearchIndex,
  index: OpenIndex,
  recall: number,
  k: number,
): number | undefined {
  if (!search.effort || !curveOf(index)) return undefined;
  return Math.max(search.effort.usual(index, k), effortFor(search, index, recall, k) ?? 0);
}

async function recallOnSample(
  search: SearchIndex,
  index: OpenIndex,
  points: Matrix,
  request: SearchRequest,
  found: Found,
  run: RunOptions,
): Promise<number> {
  const { k } = request;
  const drawn = Random.fromSeed(0).fork('estimated-recall').sample(found.scanned.length, SAMPLE);
  const exactly = { ...request, exactly: true };
  const truth = await search.search(index, { points: gathered(points, drawn) }, exactly, run);
  let [hits, wanted] = [0, 0];
  for (const [s, q] of drawn.entries()) {
    const rows = truth.rows.subarray(s * k, (s + 1) * k).filter((row) => row >= 0);
    const least = truth.scores[s * k + rows.length - 1];
    wanted += rows.length;
    const all = new Set(rows);
    for (let at = q * k; at < (q + 1) * k; at++)
      if (found.rows[at] >= 0 && (all.has(found.rows[at]) || found.scores[at] >= least)) hits += 1;
  }
  return wanted === 0 ? 1 : hits / wanted;
}
