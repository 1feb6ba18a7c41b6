import type {
  EffortPoint,
  Forecast,
  OpenIndex,
  Planned,
  SearchIndex,
} from '../../../families/search/types.ts';

/**
 * How a filtered search is answered: by scoring every row that passes, by a search that passes over the others as it goes,
 * or by a search without the filter for more rows, of which those that do not pass are left out.
 */
export const PLANS = ['exact', 'in', 'post'] as const;
export type Plan = (typeof PLANS)[number];

/** The recall below which an approximate plan is not taken. */
export const LEAST_RECALL = 0.95;

/** Of an index of which nothing is known: rows that are scored exactly rather than searched. */
const SCORED_AT_ONCE = 10_000;
const SCORED_SHARE = 0.05;

/** Rows that the curve of an index counts as found. */
const CURVE_K = 10;

/** What is known when a plan is made. */
export interface Situation extends Planned {
  readonly index: OpenIndex;
  /** Columns that the filter asks. */
  readonly columns: number;
  /** Queries that are answered together: a filter is asked once for all. */
  readonly queries: number;
}

/** What each plan is expected to take for a query, in documents scored; none where an index cannot tell. */
export type Costs = Readonly<Partial<Record<Plan, number>>>;

/** Rows asked for without the filter, so that k of them pass with room to spare. */
export function postCount({ index: { n }, k, share }: Situation): number {
  return Math.min(n, Math.ceil((1.5 * k) / Math.max(share, 1 / n)));
}

/**
 * The expected cost of each plan.
 *
 *     exact = pn + a·n/q,   in = scored + overhead + a·asked,   post = scored for 1.5 k/p rows + overhead + a·n/q
 *
 * with the share p that passes, q queries, and a = 2c/d: a filter reads c numbers of 8 bytes where a score reads d of 4.
 */
export function planCosts(search: SearchIndex, situation: Situation): Costs {
  const { index, share, queries, columns } = situation;
  const asking = (2 * columns) / Math.max(1, Number(index.settings['dims'] ?? 100));
  const once = (asking * index.n) / queries;
  const exact = search.canBeExact ? share * index.n + once : undefined;
  if (!search.effort) return exact === undefined ? {} : { exact };
  const inside = forecastOf(search, situation);
  const after = forecastOf(search, { ...situation, k: postCount(situation), share: 1 });
  return {
    ...(exact === undefined ? {} : { exact }),
    ...(inside && { in: inside.scanned + inside.overhead + asking * inside.filtered }),
    ...(after && { post: after.scanned + after.overhead + once }),
  };
}

/** The plan that is expected to take least; of those that take as much the one that promises more. */
export function chosenPlan(search: SearchIndex, situation: Situation, costs: Costs): Plan {
  if (!search.effort) return 'exact';
  const known = PLANS.filter((plan) => costs[plan] !== undefined);
  if (known.some((plan) => plan !== 'exact'))
    return known.reduce((best, plan) => ((costs[plan] ?? 0) < (costs[best] ?? 0) ? plan : best));
  const { share, index } = situation;
  const isFew = share * index.n <= SCORED_AT_ONCE || share <= SCORED_SHARE;
  return search.canBeExact && isFew ? 'exact' : 'in';
}

/** What the index says, else what the curve of recall and effort says that was measured at its build. */
function forecastOf(search: SearchIndex, { index, ...planned }: Situation): Forecast | undefined {
  if (search.forecast) return search.forecast(index, planned);
  const curve = index.settings['curve'] as readonly EffortPoint[] | undefined;
  return curve && curve.length > 0 ? curveForecast(curve, planned) : undefined;
}

/**
 * A search that passes over what does not pass goes on until it holds as many candidates that do: it takes what one of the
 * effort e/p takes without a filter; beyond the curve as much more as its last two points say.
 */
export function curveForecast(
  curve: readonly EffortPoint[],
  { k, share, effort }: Planned,
): Forecast {
  const aim = curve.find(({ recall }) => recall >= LEAST_RECALL) ?? curve[curve.length - 1];
  const own = Math.max(effort ?? (aim.effort * Math.max(k, CURVE_K)) / CURVE_K, k);
  const scanned = scannedAt(curve, own / Math.max(share, Number.EPSILON));
  const recall = curve.findLast((point) => point.effort <= own)?.recall ?? curve[0].recall;
  return { scanned, filtered: scanned, overhead: 0, recall };
}

function scannedAt(curve: readonly EffortPoint[], effort: number): number {
  const next = curve.findIndex((point) => point.effort >= effort);
  const at = next < 0 ? curve.length - 1 : next;
  const [low, high] = [curve[Math.max(0, at - 1)], curve[at]];
  if (at === 0 || high.effort === low.effort) return (high.scanned * effort) / high.effort;
  const slope = (high.scanned - low.scanned) / (high.effort - low.effort);
  return low.scanned + slope * (effort - low.effort);
}
