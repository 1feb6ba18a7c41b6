import { InputError } from '../../../core/errors.ts';
import { type Matrix, matrix, rows as rowsOf } from '../../../core/matrix.ts';
import type { CheckedCorpus, Found, OpenIndex, SearchContext, SearchRequest } from '../types.ts';
import { bestOf, noneFound } from './best.ts';
import type { Similarity } from './common-options.ts';
import { allowedFirsts } from './copies.ts';
import { scan } from './scan.ts';
import { asCompared } from './similarity.ts';

/** Rows scored on the way for each that is kept, about. */
const SCORED_PER_KEPT = 10;
/** What scoring a row on the way costs, beside scoring it in a scan. */
const COST_ON_THE_WAY = 4;

/**
 * The answer of an index with `points`, `neighbors` and `entries`; exact where so few documents are allowed that to
 * score them all is cheaper, and for queries that would otherwise get fewer than there are.
 */
export async function searchLinks(
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
): Promise<Found> {
  const { k, allowed } = request;
  const effort = Math.ceil(Math.max(k, request.effort ?? Math.max(64, 2 * k)));
  const possible = allowed ? allowed.reduce((sum, own) => sum + (own !== 0 ? 1 : 0), 0) : index.n;
  const onTheWay = (effort * SCORED_PER_KEPT * index.n) / Math.max(1, possible);
  const scanIsCheaper = allowed !== undefined && possible <= COST_ON_THE_WAY * onTheWay;
  if (effort >= index.n || possible <= k || scanIsCheaper)
    return scan(index, queries, request, context);
  const found = await follow(index, queries, { ...request, effort }, context);
  return completed(index, queries, request, context, found, Math.min(k, possible));
}

async function follow(
  { settings, arrays, n }: OpenIndex,
  queries: CheckedCorpus,
  { k, effort = k, allowed }: SearchRequest,
  { engine, work }: SearchContext,
): Promise<Found> {
  const similarity = settings['similarity'] as Similarity;
  const asked = asCompared(queries.points as Matrix<Float32Array>, similarity);
  const whole = async (name: string) => (await arrays.whole(name)) as Int32Array;
  const next = arrays.names.includes('copies') ? await whole('copies') : undefined;
  const neighbors = await whole('neighbors');
  requireRows(arrays.name, neighbors, n);
  const met = await engine.searchGraph(
    {
      queries: asked,
      points: matrix((await arrays.whole('points')) as Float32Array, n, asked.cols),
      neighbors,
      entries: await whole('entries'),
      effort,
      k,
      product: similarity !== 'euclidean',
      allowed: allowed && allowedFirsts(allowed, next),
    },
    work,
  );
  if (!next) return { ...met, exact: false };
  const found = noneFound(asked.rows, k, false);
  found.scanned.set(met.scanned);
  for (let q = 0; q < asked.rows; q++) {
    const best = bestOf(found, q, k);
    for (let at = q * k; at < (q + 1) * k && met.rows[at] >= 0; at++)
      for (let row = met.rows[at]; row >= 0; row = next[row])
        if (allowed?.[row] !== 0) best.offer(row, met.scores[at]);
  }
  return found;
}

const checked = new WeakSet<Int32Array>();

/** Looks once at each array: a damaged file must not answer with less than it measured. */
function requireRows(name: string, neighbors: Int32Array, n: number): void {
  if (checked.has(neighbors)) return;
  const at = neighbors.findIndex((row) => row < -1 || row >= n);
  if (at >= 0)
    throw new InputError(
      name,
      `the index is damaged: row ${Math.floor((at * n) / neighbors.length)} of its graph leads to ${neighbors[at]}, and there are ${n} rows; build it anew.`,
    );
  checked.add(neighbors);
}

/** The same with exact answers for queries that have fewer than `wanted`. */
async function completed(
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
  found: Found,
  wanted: number,
): Promise<Found> {
  const { k } = request;
  const points = queries.points as Matrix<Float32Array>;
  const short = Array.from({ length: queries.n }, (_, q) => q).filter(
    (q) => found.rows[q * k + wanted - 1] < 0,
  );
  for (const q of short) {
    const alone = { ...queries, points: rowsOf(points, q, q + 1), n: 1 };
    const exact = await scan(index, alone, request, context);
    found.rows.set(exact.rows, q * k);
    found.scores.set(exact.scores, q * k);
    found.scanned[q] += exact.scanned[0];
  }
  const exactFor = new Uint8Array(queries.n);
  for (const q of short) exactFor[q] = 1;
  return { ...found, exactFor, exact: queries.n > 0 && short.length === queries.n };
}
