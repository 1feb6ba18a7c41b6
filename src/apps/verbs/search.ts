import { byId } from '../../catalog/by-id.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import * as indexes from '../../families/search/index.ts';
import type { Built, Corpus, OpenIndex, SearchIndex } from '../../families/search/types.ts';
import type { Source } from '../../io/contract.ts';
import type { FileKind } from '../../io/described.ts';
import { openPacked, type Packed, writePacked } from '../../io/packed.ts';
import { packedColumn, packedColumns } from '../../io/packed-columns.ts';
import type { RunOptions } from '../../method/method.ts';
import { parseFilter } from '../../structures/filters/parse-filter.ts';
import type { Predicate } from '../../structures/filters/types.ts';
import type { StoreColumns } from '../store/store-file.ts';
import { effortFor, withEstimatedRecall } from './support/estimated-recall.ts';
import type { Costs, Plan } from './support/filter-plan.ts';
import {
  type FoundByQuery,
  filteredSearch,
  foundByQuery,
  type IndexWithColumns,
} from './support/filtered-search.ts';
import { columnsInFile } from './support/index-columns.ts';

export type { Built, Corpus, Found, OpenIndex, SearchIndex } from '../../families/search/types.ts';
export { openStore } from '../store/store-file.ts';
export { type JoinedStore, joinStores, tableStore } from '../store/table-store.ts';
export type {
  LookupOptions,
  Near,
  NearOptions,
  Neighbor,
  Question,
  UnknownWord,
  WordStore,
} from '../store/types.ts';
export { PLANS, type Plan } from './support/filter-plan.ts';
export { columnsInMemory } from './support/index-columns.ts';

const { ids, get } = byId<SearchIndex>('search', 'index', indexes);

/** The ids of all indexes. */
export const indexIds = ids;
/** The index of that id, else a sentence that names them all. */
export const indexById = get;

/** A file that holds an index. */
const INDEX: FileKind = { format: 'tammes-index', version: 1, title: 'index' };
/** Arrays of the index itself; labels and columns of its documents stand beside them. */
const OWN = 'index.';

/** Builds an index of the catalogue over documents. */
export function buildIndex(
  corpus: Corpus,
  index: string,
  options: Readonly<Record<string, unknown>> = {},
  run: RunOptions = {},
): Promise<Built> {
  return indexById(index)(corpus, options as never, run);
}

/** An index in a file, with which of the catalogue's indexes it is. */
export interface IndexFile extends IndexWithColumns {
  readonly id: string;
  readonly name: string;
  /** Names of the documents, where they have any. */
  labels(): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
}

/** Writes an index with the labels and columns of its documents, whole or not at all: an old index stays until then. */
export async function writeIndex(
  path: string,
  id: string,
  { arrays, settings }: OpenIndex,
  { labels, columns = {} }: StoreColumns = {},
): Promise<void> {
  const own: Parameters<typeof writePacked>[3] = Object.fromEntries(
    await Promise.all(
      arrays.names.map(async (name) => [`${OWN}${name}`, await toWrite(arrays, name)]),
    ),
  );
  const all = {
    ...own,
    ...packedColumns(columns),
    ...(labels ? packedColumns({ label: labels }, 'row') : {}),
  };
  await writePacked(path, INDEX, { index: id, settings }, all);
}

/** An array of an index, whole or piece after piece. */
async function toWrite(arrays: Packed, name: string) {
  const shape = arrays.shapeOf(name);
  const pieces = arrays.pieces?.(name);
  return pieces ? { shape, pieces: () => pieces } : { shape, data: await arrays.whole(name) };
}

/** Opens the file of an index; only its header is read. */
export async function openIndex(source: Source): Promise<IndexFile> {
  const packed = await openPacked(source, INDEX);
  const { index: id, settings } = packed.fields;
  const own = settings as OpenIndex['settings'] | undefined;
  const documents = own?.['documents'];
  if (typeof id !== 'string' || !own || typeof documents !== 'number') {
    await packed.close();
    throw new InputError(packed.name, 'the description of the index is damaged.');
  }
  const names = packed.names.filter((name) => name.startsWith(OWN));
  return {
    id,
    name: packed.name,
    labels: async () =>
      (await packedColumn(packed, 'label', 'row')) as readonly string[] | undefined,
    settings: own,
    n: documents,
    columns: columnsInFile(packed),
    arrays: {
      name: packed.name,
      fields: packed.fields,
      names: names.map((name) => name.slice(OWN.length)),
      get bytesRead() {
        return packed.bytesRead;
      },
      shapeOf: (name) => packed.shapeOf(OWN + name),
      whole: (name) => packed.whole(OWN + name),
      slice: (name, from, to) => packed.slice(OWN + name, from, to),
      close: () => packed.close(),
    },
    close: () => packed.close(),
  };
}

/** The answer to one query, as it is printed. */
export interface Answer {
  readonly rows: readonly number[];
  readonly scores: readonly number[];
  readonly exact: boolean;
  /** Share of the true answers that are expected among these; 1 where the answer is exact. */
  readonly estimatedRecall: number | null;
  /** Documents that were scored. */
  readonly scanned: number;
  /** Why there are fewer rows than were asked for. */
  readonly reason?: string;
  /** Bytes of the index that were read for the query as if it were alone, where the index reads only some. */
  readonly bytesRead?: number;
}

export interface QueryOptions {
  /** Default: 10. */
  readonly k?: number;
  readonly effort?: number | undefined;
  /** Takes the least effort that gave this recall when the index was built. */
  readonly recall?: number | undefined;
  /** A condition on the columns of the index, as text or as data. */
  readonly where?: string | Predicate | undefined;
  /** How a filtered search is answered; left out, as is expected to take least. */
  readonly plan?: Plan | undefined;
}

/** How a filtered search was answered. */
export interface FilterPlan {
  readonly plan: Plan;
  /** Share of the rows that pass. */
  readonly share: number;
  /** What each plan was expected to take for a query, in documents scored. */
  readonly costs: Costs;
}

/** The effort that was given, or what a recall takes. */
function effortOf(
  search: SearchIndex,
  index: OpenIndex,
  k: number,
  effort: number | undefined,
  recall: number | undefined,
): number | undefined {
  if (recall === undefined) return effort;
  if (effort !== undefined)
    throw new OptionError('search query', 'recall', 'left out where there is an effort', recall);
  return effortFor(search, index, recall, k);
}

/** Asks an index for the k best documents of each query. */
export async function queryIndex(
  index: IndexWithColumns & { readonly id: string },
  queries: Corpus,
  options: QueryOptions = {},
  run: RunOptions = {},
): Promise<Answer[]> {
  return (await queryIndexPlanned(index, queries, options, run)).answers;
}

/** The same, with how a filter was planned. */
export async function queryIndexPlanned(
  index: IndexWithColumns & { readonly id: string },
  queries: Corpus,
  { k = 10, effort: given, recall, where, plan }: QueryOptions = {},
  run: RunOptions = {},
): Promise<{ readonly answers: Answer[]; readonly filter?: FilterPlan }> {
  const search = indexById(index.id);
  if (given !== undefined && !search.effort)
    throw new OptionError(
      'search query',
      'effort',
      `left out: the index ${index.id} is always exact`,
      given,
    );
  const effort = effortOf(search, index, k, given, recall);
  if (where === undefined) {
    if (plan !== undefined)
      throw new OptionError('search query', 'plan', 'left out: there is no filter', plan);
    const request = { k, effort };
    const answered = await search.search(index, queries, request, run);
    const found = foundByQuery(
      answered.recall
        ? answered
        : await withEstimatedRecall(search, index, queries, request, answered, run),
    );
    return {
      answers: answersOf(found, k, index.n, `the index has ${counted(index.n, 'document')}`),
    };
  }
  const predicate = typeof where === 'string' ? parseFilter(where) : where;
  const request = { k, effort, where: predicate, plan };
  const { found, ...filter } = await filteredSearch(search, index, queries, request, run);
  const [noMore, none] = ['no other row passes the filter', 'no row passes the filter'];
  return { answers: answersOf(found, k, index.n, noMore, none), filter };
}

/** Why an answer is short: where it is exact, there are no more; else the index did not find them. */
function answersOf(
  found: FoundByQuery,
  k: number,
  n: number,
  noMore: string,
  none = noMore,
): Answer[] {
  const { bytesRead } = found;
  return Array.from(found.scanned, (scanned, q) => {
    const rows = [...found.rows.subarray(q * k, (q + 1) * k)].filter((row) => row >= 0);
    const exact = found.exactFor[q] === 1;
    const recall = found.recall[q];
    const isAll = exact || rows.length === n;
    const why = isAll ? (rows.length === 0 ? none : noMore) : NOT_FOUND;
    return {
      rows,
      scores: [...found.scores.subarray(q * k, q * k + rows.length)],
      exact,
      estimatedRecall: exact ? 1 : Number.isNaN(recall) ? null : recall,
      scanned,
      ...(rows.length < k && { reason: found.reasons?.[q] ?? `${why}.` }),
      ...(bytesRead && { bytesRead: bytesRead[q] }),
    };
  });
}

const NOT_FOUND = 'the index found no more; a larger effort may';
