import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { ComingRows, TableOutput } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import { type QdrantAddress, qdrantAddress } from './qdrant-address.ts';
import { type Fetch, type QdrantClient, qdrantClient } from './qdrant-client.ts';
import {
  aliased,
  type Collection,
  collectionOf,
  pathOf,
  pointCount,
  vectorOf,
} from './qdrant-collection.ts';
import { givenPoints, likeCollection } from './qdrant-given.ts';
import { newCollection, newPoints } from './qdrant-new.ts';
import { pointsAtOnce } from './qdrant-points.ts';

/** What an alias leads to, where it is there. */
interface Old {
  readonly collection: string;
  readonly facts: Collection;
}

async function oldOf(client: QdrantClient, address: QdrantAddress): Promise<Old | undefined> {
  const { name, collection: alias } = address;
  const collection = await aliased(client, alias);
  if (collection !== undefined) {
    const facts = await collectionOf({ name, collection }, client);
    return { collection, facts };
  }
  if ((await client.find(pathOf(alias))) === undefined) return undefined;
  throw new InputError(
    name,
    `"${alias}" is a collection itself, and Qdrant cannot put another in its place at once: write to another name, which becomes an alias.`,
  );
}

/** Refuses, before anything is computed, an address that could not be written; changes nothing. */
export async function claimQdrant(text: string, request: Fetch): Promise<void> {
  const address = qdrantAddress(text);
  const old = await oldOf(qdrantClient(address, request), address);
  if (old && !address.replaces) requireLike(address, old);
}

/** Refuses what the vectors of the old collection cannot be. */
function requireLike({ name, vector, distance }: QdrantAddress, { facts }: Old) {
  const found = vectorOf(name, facts, vector);
  if (distance !== undefined && distance !== found.distance)
    throw new InputError(
      name,
      `the collection is compared by ${found.distance}; for ${distance} name another, or &replace=true.`,
    );
  if (facts.config.params.sharding_method === 'custom')
    throw new InputError(name, 'its shards have keys of their own, which a copy would lose.');
  return found;
}

/**
 * Rows into a collection of its own, to which the alias leads when all are there: killed in the middle, the alias leads where
 * it led. Of an alias that is there, payloads, other vectors and settings stay as they are.
 */
export async function createQdrant(
  text: string,
  coming: ComingRows,
  request: Fetch,
): Promise<TableOutput> {
  const address = qdrantAddress(text);
  const client = qdrantClient(address, request);
  const { name, collection: alias } = address;
  const { dtype, cols } = coming;
  if (dtype !== undefined && dtype !== 'f4' && dtype !== 'f2')
    throw new InputError(name, `vectors are written as f4 or f2 there; not as ${dtype}.`);
  const old = await oldOf(client, address);
  const given =
    old && !address.replaces ? { ...old, vector: requireLike(address, old) } : undefined;
  if (given && given.vector.size !== cols)
    throw new InputError(
      name,
      `the vectors have ${cols} numbers, and those of the collection ${given.vector.size}; name another collection, or ?replace=true.`,
    );
  const made = `${alias}_${crypto.randomUUID().slice(0, 8)}`;
  await (given
    ? likeCollection(client, made, given.facts)
    : newCollection(client, made, address, coming));
  const make = given ? givenPoints(client, address, given) : newPoints(address);
  const isUnit = given
    ? given.vector.distance === 'Cosine'
    : (address.distance ?? 'Cosine') === 'Cosine';
  let rows = 0;
  let scaled = 0;
  return {
    name,
    async append(block) {
      const step = pointsAtOnce(cols);
      for (let from = 0; from < block.points.rows; from += step) {
        const to = Math.min(block.points.rows, from + step);
        const points = await make(block, from, to);
        await client.ask('PUT', `${pathOf(made)}/points?wait=true`, { points });
      }
      rows += block.points.rows;
      if (isUnit) scaled += otherLengths(block);
    },
    async finish() {
      await requireAll(client, address, { made, rows, old: given?.collection });
      await lead(client, alias, made, old !== undefined);
      return [
        ...(old
          ? [
              `${name}: the alias "${alias}" leads to ${made}; the old points are ${old.collection}, which stays.`,
            ]
          : []),
        ...(scaled > 0
          ? [
              `${name}: ${counted(scaled, 'row')} had another length than 1, which Qdrant gives the vectors of a collection compared by Cosine; &distance=Dot keeps lengths.`,
            ]
          : []),
      ];
    },
    // What the alias leads to stays, and what it may lead to where nobody answers.
    async discard() {
      const leads = await aliased(client, alias).catch(() => made);
      if (leads !== made) await client.ask('DELETE', pathOf(made)).catch(() => {});
    },
  };
}

/** Leads the alias to a collection, in one request. Where its answer is lost, the server is asked what became of it. */
async function lead(
  client: QdrantClient,
  alias: string,
  made: string,
  isThere: boolean,
): Promise<void> {
  const create = { create_alias: { collection_name: made, alias_name: alias } };
  const remove = { delete_alias: { alias_name: alias } };
  try {
    const actions = isThere ? [remove, create] : [create];
    await client.ask('POST', '/collections/aliases', { actions });
  } catch (cause) {
    if ((await aliased(client, alias)) !== made) throw cause;
  }
}

/** Refuses a collection that does not have every row, or not every old point. */
async function requireAll(
  client: QdrantClient,
  { name }: QdrantAddress,
  {
    made,
    rows,
    old,
  }: { readonly made: string; readonly rows: number; readonly old: string | undefined },
): Promise<void> {
  const count = await pointCount(client, made);
  if (count !== rows)
    throw new InputError(
      name,
      `${counted(rows, 'row')} came, and ${counted(count, 'point')} are there: ids are not all different; nothing was changed.`,
    );
  const before = old === undefined ? count : await pointCount(client, old);
  if (before !== count)
    throw new InputError(
      name,
      `the collection has ${counted(before, 'point')}, and ${counted(rows, 'row')} came; nothing was changed.`,
    );
}

/** Rows whose length is not 1 within rounding; rows of zeros stay what they are. */
function otherLengths({ points: { data, rows, cols } }: VectorTable): number {
  let count = 0;
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let c = i * cols; c < (i + 1) * cols; c++) square += data[c] * data[c];
    if (square !== 0 && Math.abs(square - 1) > 1e-5) count++;
  }
  return count;
}
