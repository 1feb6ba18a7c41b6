import { byId } from '../../catalog/by-id.ts';
import { InputError } from '../../core/errors.ts';
import * as indexes from '../../families/search/index.ts';
import type { Built, Corpus, OpenIndex, SearchIndex } from '../../families/search/types.ts';
import type { Source } from '../../io/contract.ts';
import type { FileKind } from '../../io/described.ts';
import { openPacked, type PackedArray, writePacked } from '../../io/packed.ts';
import { packedColumn, packedColumns } from '../../io/packed-columns.ts';
import type { RunOptions } from '../../method/method.ts';
import type { StoreColumns } from '../store/store-file.ts';

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
export interface IndexFile extends OpenIndex {
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
  const own: Record<string, PackedArray> = {};
  for (const name of arrays.names)
    own[`${OWN}${name}`] = { shape: arrays.shapeOf(name), data: await arrays.whole(name) };
  const all = {
    ...own,
    ...packedColumns(columns),
    ...(labels ? packedColumns({ label: labels }, 'row') : {}),
  };
  await writePacked(path, INDEX, { index: id, settings }, all);
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
}

/** Asks an index for the k best documents of each query. */
export async function queryIndex(
  index: OpenIndex & { readonly id: string },
  queries: Corpus,
  { k = 10, effort }: { readonly k?: number; readonly effort?: number | undefined } = {},
  run: RunOptions = {},
): Promise<Answer[]> {
  const found = await indexById(index.id).search(index, queries, { k, effort }, run);
  return Array.from({ length: found.scanned.length }, (_, q) => {
    const rows = [...found.rows.subarray(q * k, (q + 1) * k)].filter((row) => row >= 0);
    const scores = [...found.scores.subarray(q * k, q * k + rows.length)];
    const reason = found.reasons?.[q] ?? `the index has ${index.n} documents.`;
    const few = rows.length < k ? { reason } : {};
    const estimatedRecall = found.exact ? 1 : null;
    return { rows, scores, exact: found.exact, estimatedRecall, scanned: found.scanned[q], ...few };
  });
}
