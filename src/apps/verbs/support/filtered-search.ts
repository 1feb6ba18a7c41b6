import { OptionError } from '../../../core/errors.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { Random } from '../../../core/random.ts';
import type { Corpus, Found, OpenIndex, SearchIndex } from '../../../families/search/types.ts';
import type { RunOptions } from '../../../method/method.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import { columnsAsked } from '../../../structures/filters/filter.ts';
import { countedSelectivity } from '../../../structures/filters/selectivity.ts';
import type { Predicate } from '../../../structures/filters/types.ts';
import { chosenQueries, type Queries, queryCount } from './chosen-queries.ts';
import { expectedRecall, sureEffort } from './estimated-recall.ts';
import {
  type Costs,
  chosenPlan,
  LEAST_RECALL,
  PLANS,
  type Plan,
  planCosts,
  postCount,
  type Situation,
} from './filter-plan.ts';
import { type IndexColumns, maskOfColumns } from './index-columns.ts';

/** Of so many queries at least, this many are solved exactly to learn the recall of an index that cannot tell it. */
const CHECKED = 32;

/** An index that is open, with the columns of its documents where there are any. */
export interface IndexWithColumns extends OpenIndex {
  readonly columns?: IndexColumns | undefined;
}

export interface FilteredRequest {
  readonly k: number;
  readonly effort?: number | undefined;
  readonly where: Predicate;
  /** Left out, the one that is expected to take least. */
  readonly plan?: Plan | undefined;
}

/** What was planned, and what was found. */
export interface Filtered {
  readonly found: FoundByQuery;
  readonly plan: Plan;
  /** Share of the rows that pass; of a sample where the index holds too many to count. */
  readonly share: number;
  readonly costs: Costs;
}

/** What was found, with what is known of each query. */
export interface FoundByQuery extends Found {
  readonly exactFor: Uint8Array;
  /** NaN where nothing is known. */
  readonly recall: Float64Array;
}

/** Spreads over the queries what an index says of all of them. */
export function foundByQuery(found: Found): FoundByQuery {
  const { length } = found.scanned;
  const exactFor = found.exactFor ?? new Uint8Array(length).fill(found.exact ? 1 : 0);
  const unknown = () => Float64Array.from(exactFor, (own) => (own === 1 ? 1 : Number.NaN));
  return { ...found, exactFor, recall: found.recall ?? unknown() };
}

/** Answers queries by rows that pass a condition: k where k pass, unless the index can neither find them nor be exact. */
export async function filteredSearch(
  search: SearchIndex,
  index: IndexWithColumns,
  given: Corpus,
  { k, effort, where, plan: wanted }: FilteredRequest,
  run: RunOptions,
): Promise<Filtered> {
  if (wanted !== undefined && !PLANS.includes(wanted))
    throw new OptionError(search.spec.id, 'plan', `one of ${PLANS.join(', ')}`, wanted);
  const points = given.points && givenPoints(search.spec.id, given.points);
  const queries: Queries = { ...given, points };
  const mask = lazy(() =>
    maskOfColumns(index.columns ?? { names: [], column: none }, where, index.n),
  );
  const { share } = search.selectivity
    ? await search.selectivity(index, where)
    : countedSelectivity(await mask());
  const count = queryCount(queries);
  const columns = columnsAsked(where).size;
  const situation: Situation = { index, k, effort, share, columns, queries: count };
  const costs = planCosts(search, situation);
  const plan = wanted ?? chosenPlan(search, situation, costs);
  if (plan === 'exact' && !search.canBeExact)
    throw new OptionError(
      search.spec.id,
      'plan',
      'in or post: it holds too little to be exact',
      plan,
    );
  const condition = async () => (search.selectivity ? { where } : { allowed: await mask() });
  const exactly = async (some: Queries) =>
    foundByQuery(
      await search.search(index, some, { k, exactly: true, ...(await condition()) }, run),
    );

  if (plan === 'exact') return { found: await exactly(queries), plan, share, costs };
  const found =
    plan === 'in'
      ? foundByQuery(
          await search.search(
            index,
            queries,
            { k, effort: effortWith(search, index, effort, k), ...(await condition()) },
            run,
          ),
        )
      : await postFiltered(search, { ...situation, queries }, await mask(), run);
  if (!search.canBeExact) return { found, plan, share, costs };
  const few = placesWhere(found, k, (rows, isExact) => rows < k && !isExact);
  await replaceExactly(found, k, few, queries, exactly);
  const mayChange = wanted === undefined && effort === undefined;
  const fetched = plan === 'in' ? k : postCount(situation);
  const sure = effortWith(search, index, effort, fetched);
  const expected = expectedRecall(search, index, sure, fetched);
  if (await isTooWrong(found, k, queries, exactly, expected, mayChange))
    return { found: await exactly(queries), plan: 'exact', share, costs };
  return { found, plan, share, costs };
}

/** The effort that was given, else what is sure to do; an index that reads the filter itself goes on until that. */
function effortWith(
  search: SearchIndex,
  index: OpenIndex,
  given: number | undefined,
  k: number,
): number | undefined {
  return given ?? (search.selectivity ? undefined : sureEffort(search, index, LEAST_RECALL, k));
}

/** Searches without the filter for ever more rows until k of them pass, or all are there. */
async function postFiltered(
  search: SearchIndex,
  situation: Omit<Situation, 'queries'> & { readonly queries: Queries },
  mask: Uint8Array,
  run: RunOptions,
): Promise<FoundByQuery> {
  const { index, k, effort, queries } = situation;
  const { n } = index;
  const out = noneYet(queryCount(queries), k);
  const wanted = Math.min(
    k,
    mask.reduce((sum, own) => sum + own, 0),
  );
  let pending = [...out.scanned.keys()];
  for (let count = postCount({ ...situation, queries: 1 }); ; count = Math.min(n, 4 * count)) {
    const some = chosenQueries(queries, pending);
    const request = { k: count, effort: effortWith(search, index, effort, count) };
    const part = foundByQuery(await search.search(index, some, request, run));
    for (const [at, q] of pending.entries()) takePassing(part, at, count, out, q, k, mask);
    pending = pending.filter((q) => out.rows[q * k + wanted - 1] < 0);
    if (wanted === 0 || pending.length === 0 || count === n) return out;
  }
}

function noneYet(queries: number, k: number): FoundByQuery {
  return {
    rows: new Int32Array(queries * k).fill(-1),
    scores: new Float64Array(queries * k).fill(-Infinity),
    scanned: new Float64Array(queries),
    exact: false,
    exactFor: new Uint8Array(queries),
    recall: new Float64Array(queries).fill(Number.NaN),
  };
}

/** The first k rows of a query that pass. */
function takePassing(
  from: FoundByQuery,
  at: number,
  count: number,
  out: FoundByQuery,
  q: number,
  k: number,
  mask: Uint8Array,
): void {
  let taken = 0;
  for (let j = at * count; j < (at + 1) * count && taken < k; j++) {
    const row = from.rows[j];
    if (row < 0 || mask[row] === 0) continue;
    out.rows[q * k + taken] = row;
    out.scores[q * k + taken] = from.scores[j];
    taken++;
  }
  out.scanned[q] += from.scanned[at];
  out.exactFor[q] = from.exactFor[at];
  out.recall[q] = from.recall[at];
}

type Exactly = (some: Queries) => Promise<FoundByQuery>;

/** Puts exact answers in the place of those of some queries; what was scanned before counts. */
async function replaceExactly(
  found: FoundByQuery,
  k: number,
  places: readonly number[],
  queries: Queries,
  exactly: Exactly,
): Promise<void> {
  if (places.length === 0) return;
  const solved = await exactly(chosenQueries(queries, places));
  for (const [at, q] of places.entries()) {
    found.rows.set(solved.rows.subarray(at * k, (at + 1) * k), q * k);
    found.scores.set(solved.scores.subarray(at * k, (at + 1) * k), q * k);
    found.scanned[q] += solved.scanned[at];
    found.exactFor[q] = 1;
    found.recall[q] = 1;
  }
}

/**
 * Where an index cannot tell its recall and there are queries enough, some of them are solved exactly: their recall is that
 * of all; of fewer it is what the index measured at its build. Whether it may be too low to be answered with: measured on few
 * queries, it is taken a standard error lower.
 */
async function isTooWrong(
  found: FoundByQuery,
  k: number,
  queries: Queries,
  exactly: Exactly,
  expected = Number.NaN,
  mayChange = false,
): Promise<boolean> {
  const unknown = placesWhere(found, k, (_, __, recall) => Number.isNaN(recall));
  if (unknown.length < CHECKED) {
    for (const q of unknown) found.recall[q] = expected;
    return false;
  }
  const drawn = Random.fromSeed(0).fork('checked').sample(unknown.length, CHECKED).sort();
  const places = Array.from(drawn, (at) => unknown[at]);
  const solved = await exactly(chosenQueries(queries, places));
  const shares = places.map((q, at) => {
    const truth = solved.rows.subarray(at * k, (at + 1) * k).filter((row) => row >= 0);
    const own = new Set(found.rows.subarray(q * k, (q + 1) * k));
    return truth.length === 0 ? 1 : truth.filter((row) => own.has(row)).length / truth.length;
  });
  const { value: recall, standardError } = meanEstimate(Float64Array.from(shares));
  for (const q of unknown) found.recall[q] = recall;
  return mayChange && recall - standardError < LEAST_RECALL;
}

function placesWhere(
  { rows, exactFor, recall }: FoundByQuery,
  k: number,
  isOne: (rows: number, isExact: boolean, recall: number) => boolean,
): number[] {
  return [...exactFor.keys()].filter((q) => {
    const none = rows.subarray(q * k, (q + 1) * k).indexOf(-1);
    return isOne(none < 0 ? k : none, exactFor[q] === 1, recall[q]);
  });
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function none(): Promise<Float64Array> {
  return new Float64Array(0);
}
