import { InputError } from '../../../core/errors.ts';
import { refuseColumn } from './parameters.ts';
import type { QdrantAddress } from './qdrant-address.ts';
import { type QdrantClient, resultOf } from './qdrant-client.ts';

/** How vectors of one name are kept. */
export interface VectorParams {
  readonly size: number;
  readonly distance: string;
  readonly datatype?: string | null;
  readonly multivector_config?: object | null;
}

/** What is read of a collection's description; the rest of it is only handed on. */
export interface CollectionInfo {
  readonly status: string;
  readonly config: {
    readonly params: {
      readonly vectors?: VectorParams | Readonly<Record<string, VectorParams>>;
      readonly sparse_vectors?: Readonly<Record<string, object>> | null;
      readonly sharding_method?: string | null;
    } & Readonly<Record<string, unknown>>;
    readonly strict_mode_config?: {
      readonly enabled?: boolean | null;
      readonly max_query_limit?: number | null;
      readonly upsert_max_batchsize?: number | null;
    } | null;
  } & Readonly<Record<string, unknown>>;
  readonly payload_schema?: Readonly<
    Record<string, { readonly data_type: string; readonly params?: object | null }>
  >;
}

/** A collection that is there. */
export interface FoundCollection {
  /** Its own name; that of the address may be an alias. */
  readonly real: string;
  readonly isAlias: boolean;
  readonly info: CollectionInfo;
}

export const pathOf = (collection: string, behind = ''): string =>
  `/collections/${encodeURIComponent(collection)}${behind}`;

/** The collection that an alias stands for; undefined where there is no such alias. */
export async function aliased(client: QdrantClient, alias: string): Promise<string | undefined> {
  const found = await resultOf<{
    readonly aliases: readonly { readonly alias_name: string; readonly collection_name: string }[];
  }>(client, { method: 'GET', path: '/aliases' });
  return found?.aliases.find((own) => own.alias_name === alias)?.collection_name;
}

export async function foundCollection(
  client: QdrantClient,
  { collection }: Pick<QdrantAddress, 'collection'>,
): Promise<FoundCollection | undefined> {
  const behind = await aliased(client, collection);
  const real = behind ?? collection;
  const info = await resultOf<CollectionInfo>(client, { method: 'GET', path: pathOf(real) });
  if (info === undefined) return undefined;
  if (typeof info?.config?.params !== 'object')
    throw new InputError(client.name, 'what answers there does not speak as Qdrant does.');
  return { real, isAlias: behind !== undefined, info };
}

/** The vectors that are meant: their name, '' where a collection has vectors of one kind without a name. */
export interface FoundVector {
  readonly vector: string;
  readonly params: VectorParams;
  /** Names of what else a point has: other vectors, and sparse ones. */
  readonly others: readonly string[];
}

export function vectorOf(
  name: string,
  { config }: CollectionInfo,
  wanted: string | undefined,
): FoundVector {
  const { vectors = {}, sparse_vectors: sparse } = config.params;
  const isNameless = typeof vectors['size'] === 'number';
  const dense: Readonly<Record<string, VectorParams>> = isNameless
    ? { '': vectors as VectorParams }
    : (vectors as Record<string, VectorParams>);
  const names = Object.keys(dense);
  const sparseNames = Object.keys(sparse ?? {});
  const all = [...names, ...sparseNames];
  if (wanted !== undefined && isNameless && !sparseNames.includes(wanted))
    throw new InputError(name, 'the vectors of the collection have no name; leave out vector=.');
  if (wanted !== undefined && sparseNames.includes(wanted))
    throw new InputError(name, `the vectors "${wanted}" are sparse; expected dense ones.`);
  if (wanted !== undefined && !Object.hasOwn(dense, wanted)) return refuseColumn(name, wanted, all);
  if (wanted === undefined && names.length !== 1)
    throw new InputError(
      name,
      names.length === 0
        ? 'the collection has no dense vectors.'
        : `the collection has several vectors (${names.join(', ')}): say which by ?vector=NAME.`,
    );
  const vector = wanted ?? names[0];
  const params = dense[vector];
  if (params.multivector_config)
    throw new InputError(
      name,
      `the vectors "${vector}" are several to a point (multivector_config); expected one.`,
    );
  return { vector, params, others: all.filter((own) => own !== vector) };
}

/** The type that comes out. */
export function dtypeOf({ datatype }: VectorParams): 'f2' | 'f4' | 'u1' {
  if (datatype === 'float16') return 'f2';
  return datatype === 'uint8' ? 'u1' : 'f4';
}

/** Bytes of text of one request. */
const PAGE_BYTES = 1 << 22;
const MOST_POINTS = 1000;

/** How many points one request holds. */
export function pointsAtOnce(cols: number, { config }: CollectionInfo, kind: 'read' | 'write') {
  const strict = config.strict_mode_config;
  const bound = kind === 'read' ? strict?.max_query_limit : strict?.upsert_max_batchsize;
  const most = Math.min(MOST_POINTS, strict?.enabled === true && bound ? bound : MOST_POINTS);
  return Math.max(1, Math.min(most, Math.floor(PAGE_BYTES / (12 * cols + 256))));
}

/** Exactly how many points there are, of all or of those that a filter takes. */
export async function countOf(
  client: QdrantClient,
  collection: string,
  filter?: object,
): Promise<number> {
  const found = await resultOf<{ readonly count: number }>(client, {
    path: pathOf(collection, '/points/count'),
    body: JSON.stringify({ exact: true, filter }),
  });
  if (typeof found?.count !== 'number') return gone(client.name, collection);
  return found.count;
}

export function gone(name: string, collection: string): never {
  throw new InputError(name, `the collection ${collection} is not there any more.`);
}

/** Points without a vector of that name. */
export const without = (vector: string): object => ({ must_not: [{ has_vector: vector }] });
