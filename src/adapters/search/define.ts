import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { preparedFilter } from '../../structures/filters/filter.ts';
import { parseFilter } from '../../structures/filters/parse-filter.ts';
import { importPeer } from '../support/load-peer.ts';
import { checkedPoints, checkedRows, requireRequest } from './support/checked-rows.ts';
import type {
  AdapterSpec,
  AskOptions,
  At,
  Backend,
  ForeignAnswer,
  Nearest,
  OpenRows,
  SearchAdapter,
  SettledAt,
  Wanted,
} from './types.ts';

/** Of so many queries, this many that were answered approximately are answered exactly as well: their recall is that of all. */
const CHECKED = 32;

/** Makes an adapter of what it says: checks, conditions, recall and reasons are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineSearchAdapter(spec: AdapterSpec): SearchAdapter {
  const { id, indexes } = spec;
  return {
    ...spec,
    async build(given, { similarity = 'cosine', index = indexes[0], ...at }) {
      if (!indexes.includes(index))
        throw new OptionError(id, 'index', `one of ${indexes.join(', ')}`, index);
      const rows = checkedRows(id, given, similarity);
      return openRows(spec, await spec.build(rows, settled(at), { similarity, index }));
    },
    async open(at) {
      return openRows(spec, await spec.open(settled(at)));
    },
  };
}

const settled = ({ place, table = 'vectors', load = importPeer }: At): SettledAt => ({
  place,
  table,
  load,
});

function openRows({ id, effort: units }: AdapterSpec, backend: Backend): OpenRows {
  const { name, n, d, similarity, index, kinds } = backend;
  let isOpen = true;
  return {
    id,
    name,
    n,
    d,
    similarity,
    index,
    columns: Object.keys(kinds),
    async query(given, options = {}) {
      if (!isOpen) throw new InputError(id, `${name} was closed; open it again.`);
      requireRequest(id, options.k ?? 10, options.effort);
      if (options.effort !== undefined && units[index] === undefined)
        throw new OptionError(id, 'effort', 'left out where all rows are compared', options.effort);
      const queries = checkedPoints(id, 'query', given, similarity);
      if (queries.cols !== d)
        throw new ShapeError(id, `queries of ${d} columns, as ${name} has`, `${queries.cols}`);
      return answers(backend, queries, options);
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await backend.close();
    },
  };
}

async function answers(
  backend: Backend,
  queries: Matrix<Float32Array>,
  { k = 10, where: given, effort }: AskOptions,
): Promise<ForeignAnswer[]> {
  const where = typeof given === 'string' ? parseFilter(given) : given;
  if (where) preparedFilter(where, backend.kinds);
  const passing = where ? await backend.count(where) : backend.n;
  const wanted = Math.min(k, passing);
  const ask = (some: Matrix<Float32Array>, exactly: boolean) =>
    wanted === 0
      ? Promise.resolve(Array.from({ length: some.rows }, () => NONE))
      : backend.nearest(some, { k: wanted, where, effort, exactly } satisfies Wanted);
  const exactly = (places: readonly number[]) =>
    places.length === 0 ? [] : ask(gathered(queries, places), true);

  const found = await ask(queries, backend.index === 'exact');
  const short = placesWhere(found, (own) => !own.exact && own.rows.length < wanted);
  for (const [at, own] of (await exactly(short)).entries()) found[short[at]] = own;
  const recall = await recallOf(found, exactly);
  const noMore = where
    ? 'no other row passes the filter'
    : `there are ${counted(backend.n, 'row')}`;
  return found.map(({ rows, scores, labels, exact }) => ({
    rows,
    scores,
    exact,
    estimatedRecall: exact ? 1 : recall,
    scanned: exact ? passing : null,
    ...(labels && { labels }),
    ...(rows.length < k && { reason: `${noMore}.` }),
  }));
}

const NONE: Nearest = { rows: [], scores: [], exact: true };

/** The recall of approximate answers, where there are enough of them to find some exactly. */
async function recallOf(
  found: readonly Nearest[],
  exactly: (places: readonly number[]) => Promise<Nearest[]> | Nearest[],
): Promise<number | null> {
  const approximate = placesWhere(found, (own) => !own.exact);
  if (found.length < CHECKED || approximate.length === 0) return null;
  const count = Math.min(CHECKED, approximate.length);
  const drawn = Random.fromSeed(0).fork('adapters').sample(approximate.length, count);
  const places = Array.from(drawn, (at) => approximate[at]);
  const truth = await exactly(places);
  return meanOf(places.map((q, at) => shareOf(truth[at], found[q])));
}

/** The share of true answers that were found; another row with the last true score is as good. */
function shareOf(truth: Nearest, found: Nearest): number {
  const rows = new Set(truth.rows);
  const least = truth.scores.at(-1) ?? 0;
  const hits = found.rows.filter((row, at) => rows.has(row) || found.scores[at] >= least);
  return hits.length / truth.rows.length;
}

function placesWhere(found: readonly Nearest[], holds: (own: Nearest) => boolean): number[] {
  return [...found.keys()].filter((q) => holds(found[q]));
}
