import { InputError } from '../../../core/errors.ts';
import type { Distance, QdrantAddress } from './qdrant-address.ts';
import type { QdrantClient } from './qdrant-client.ts';

/** Vectors of a collection as its configuration says. */
interface VectorParams {
  readonly size: number;
  readonly distance: Distance;
  readonly datatype?: string | null;
  readonly multivector_config?: object | null;
}

/** What is read of the configuration of a collection; the rest is passed on as it is. */
export interface Collection {
  readonly config: {
    readonly params: Readonly<Record<string, unknown>> & {
      readonly vectors?: VectorParams | Readonly<Record<string, VectorParams>>;
      readonly sharding_method?: string | null;
    };
    readonly hnsw_config: object;
    readonly optimizer_config: object;
    readonly quantization_config?: object | null;
  };
  readonly payload_schema: Readonly<
    Record<string, { readonly data_type: string; readonly params?: object | null }>
  >;
}

/** The vectors that are meant: their name in the points, '' where they have none. */
export interface FoundVector extends VectorParams {
  readonly called: string;
}

export const pathOf = (collection: string): string =>
  `/collections/${encodeURIComponent(collection)}`;

export async function collectionOf(
  { name, collection }: Pick<QdrantAddress, 'name' | 'collection'>,
  client: QdrantClient,
): Promise<Collection> {
  const found = await client.find(pathOf(collection));
  if (found) return found as Collection;
  const { collections } = (await client.ask('GET', '/collections')) as {
    readonly collections: readonly { readonly name: string }[];
  };
  const names = collections.map((own) => own.name);
  const there = names.length > 0 ? `; there are ${names.join(', ')}` : '';
  throw new InputError(name, `there is no collection "${collection}"${there}.`);
}

/** The collection that an alias leads to; undefined where the name is no alias. */
export async function aliased(client: QdrantClient, alias: string): Promise<string | undefined> {
  const { aliases } = (await client.ask('GET', '/aliases')) as {
    readonly aliases: readonly { readonly alias_name: string; readonly collection_name: string }[];
  };
  return aliases.find((own) => own.alias_name === alias)?.collection_name;
}

const isOne = (vectors: object): vectors is VectorParams =>
  typeof (vectors as VectorParams).size === 'number';

/** The vector that was named, or the only one. */
export function vectorOf(
  name: string,
  { config }: Collection,
  wanted: string | undefined,
): FoundVector {
  const { vectors = {} } = config.params;
  const all: FoundVector[] = isOne(vectors)
    ? [{ ...vectors, called: '' }]
    : Object.entries(vectors).map(([called, own]) => ({ ...own, called }));
  const names = all.map((own) => own.called || '(without a name)').join(', ');
  const found = wanted === undefined ? all : all.filter((own) => own.called === wanted);
  const [first] = found;
  if (found.length > 1)
    throw new InputError(
      name,
      `the collection has several vectors (${names}): say which by ?vector=NAME.`,
    );
  if (!first)
    throw new InputError(
      name,
      wanted === undefined
        ? 'the collection has no dense vectors.'
        : `there is no vector "${wanted}"; the collection has ${names || 'none'}.`,
    );
  if (first.multivector_config)
    throw new InputError(name, 'points have several vectors each there; one is expected.');
  return first;
}

/** How many points there are, of those with this vector where one is named. */
export async function pointCount(
  client: QdrantClient,
  collection: string,
  vector?: string,
): Promise<number> {
  const filter = vector === undefined ? undefined : withVector(vector);
  const { count } = (await client.ask('POST', `${pathOf(collection)}/points/count`, {
    exact: true,
    ...(filter && { filter }),
  })) as { readonly count: number };
  return count;
}

/** Points that have this vector. */
export const withVector = (vector: string): object => ({ must: [{ has_vector: vector }] });
