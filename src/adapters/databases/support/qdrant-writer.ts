import { InputError } from '../../../core/errors.ts';
import type { ComingRows, TableOutput } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import { type QdrantAddress, qdrantAddress } from './qdrant-address.ts';
import { type QdrantClient, qdrantClient, resultOf } from './qdrant-client.ts';
import {
  type CollectionInfo,
  type FoundCollection,
  foundCollection,
  pathOf,
  pointsAtOnce,
  vectorOf,
} from './qdrant-collection.ts';
import { type Filling, givenPoints, newPoints } from './qdrant-filling.ts';
import { otherCollections, requireIndexed, switched, unfinishedName } from './qdrant-switch.ts';

/** Refuses, before anything is computed, an address that could not be written; changes nothing. */
export async function claimQdrant(text: string): Promise<void> {
  const address = qdrantAddress(text);
  await claimed(qdrantClient(address), address);
}

async function claimed(
  client: QdrantClient,
  address: QdrantAddress,
): Promise<FoundCollection | undefined> {
  const { name, collection } = address;
  const found = await foundCollection(client, address);
  if (found && !found.isAlias)
    throw new InputError(
      name,
      `"${collection}" is a collection itself, and Qdrant cannot put another in its place: name one that is not there, which becomes an alias of the new collection.`,
    );
  // No change at all: but who may not switch aliases is told so now.
  await client.ask({ path: '/collections/aliases', body: '{"actions":[]}' });
  if (!found || address.replaces) return found;
  const { vector, others } = vectorOf(name, found.info, address.vector);
  const { params } = found.info.config;
  if (params.sharding_method === 'custom')
    throw new InputError(
      name,
      'the collection is cut by shard keys, which a copy would lose; write into another.',
    );
  if (vector === '' && others.length > 0)
    throw new InputError(
      name,
      `the collection has ${others.join(', ')} beside vectors without a name, which a copy would lose; write into another.`,
    );
  return found;
}

/** Rows into a new collection; its alias is switched in one request when all of them are there. */
export async function createQdrant(text: string, coming: ComingRows): Promise<TableOutput> {
  const address = qdrantAddress(text);
  const { name } = address;
  const { cols, dtype } = coming;
  if (dtype !== undefined && dtype !== 'f4' && dtype !== 'f2')
    throw new InputError(name, `vectors are written as f4 or f2 there; not as ${dtype}.`);
  const client = qdrantClient(address);
  const old = await claimed(client, address);
  const given = old !== undefined && !address.replaces ? old : undefined;
  const collection = unfinishedName(address.collection);
  const target = { client, address, collection, cols };
  const filling: Filling = given
    ? givenPoints(target, given)
    : newPoints(target, pointsAtOnce(cols, { config: { params: {} } } as CollectionInfo, 'write'));
  const removed = async (): Promise<void> => {
    await client.ask({ method: 'DELETE', path: pathOf(collection) }).catch(() => undefined);
  };
  await made(client, collection, given ? likeOld(given.info) : anew(address, coming));
  if (given)
    await indexed(client, collection, given.info).catch(async (cause: unknown) => {
      await removed();
      throw cause;
    });
  const lengths = lengthsSeen();
  let isSwitching = false;
  return {
    name,
    async append(block) {
      lengths.look(block);
      await filling.append(block);
    },
    async finish() {
      await filling.requireWhole();
      const isReady = await requireIndexed(client, collection);
      isSwitching = true;
      await switched(client, address.collection, { from: old?.real, to: collection });
      const isCosine = given
        ? vectorOf(name, given.info, address.vector).params.distance === 'Cosine'
        : (address.distance ?? 'Cosine') === 'Cosine';
      return [
        `${name}: ${address.collection} stands for ${collection} now${old ? `; the old rows are in ${old.real}, which may be deleted` : ''}.`,
        ...(await otherCollections(client, address.collection, [collection, old?.real ?? ''])),
        ...(isReady
          ? []
          : [`${name}: its index is still being built; until then it answers more slowly.`]),
        ...(isCosine && !lengths.areOne
          ? [
              `${name}: Qdrant keeps vectors of a cosine collection at unit length${given ? '' : '; distance=dot or euclid keeps their lengths'}.`,
            ]
          : []),
        ...(client.isOpen
          ? [`${name}: the key went over plain HTTP; tls=true asks for HTTPS.`]
          : []),
      ];
    },
    async discard() {
      // Once it was asked for, the alias may stand for the new collection.
      if (!isSwitching) await removed();
    },
  };
}

/** What makes a collection for rows that come. */
function anew({ vector, distance = 'Cosine' }: QdrantAddress, { cols, dtype }: ComingRows): object {
  const params = { size: cols, distance, ...(dtype === 'f2' && { datatype: 'float16' }) };
  return { vectors: vector === undefined ? params : { [vector]: params } };
}

async function made(client: QdrantClient, collection: string, body: object): Promise<void> {
  const request = { method: 'PUT', path: pathOf(collection), body: JSON.stringify(body) } as const;
  await client.ask(request);
}

const KEPT = [
  ...['vectors', 'sparse_vectors', 'shard_number', 'replication_factor'],
  ...['write_consistency_factor', 'on_disk_payload', 'payload'],
];

/** What makes a collection like another. */
function likeOld({ config }: CollectionInfo): object {
  const params = KEPT.flatMap((key) =>
    Object.hasOwn(config.params, key) ? [[key, config.params[key]]] : [],
  );
  const {
    hnsw_config,
    optimizer_config,
    wal_config,
    quantization_config,
    strict_mode_config,
    metadata,
  } = config as Readonly<Record<string, unknown>>;
  return {
    ...Object.fromEntries(params),
    hnsw_config,
    optimizers_config: optimizer_config,
    wal_config,
    quantization_config,
    strict_mode_config,
    metadata,
  };
}

/** Builds the indexes of payloads that the other collection has. */
async function indexed(
  client: QdrantClient,
  collection: string,
  { payload_schema = {} }: CollectionInfo,
): Promise<void> {
  for (const [field, { data_type, params }] of Object.entries(payload_schema))
    await resultOf(client, {
      method: 'PUT',
      path: pathOf(collection, '/index?wait=true'),
      body: JSON.stringify({ field_name: field, field_schema: params ?? data_type }),
    });
}

/** Farther from 1 than float32 rounds a length of many numbers. */
const UNIT = 1e-4;

/** Whether all rows have length 1. */
function lengthsSeen() {
  let areOne = true;
  return {
    get areOne() {
      return areOne;
    },
    look({ points: { data, rows, cols } }: VectorTable): void {
      for (let i = 0; i < rows && areOne; i++) {
        let sum = 0;
        for (let j = i * cols; j < (i + 1) * cols; j++) sum += data[j] * data[j];
        areOne = Math.abs(sum - 1) < UNIT;
      }
    },
  };
}
