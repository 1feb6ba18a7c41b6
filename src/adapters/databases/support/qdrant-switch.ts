import { InputError } from '../../../core/errors.ts';
import { messageOf } from '../../support/load-peer.ts';
import { type QdrantClient, resultOf } from './qdrant-client.ts';
import { aliased, type CollectionInfo, gone, pathOf } from './qdrant-collection.ts';

/** What a collection is called that nobody reads yet: the alias and eight digits that no other has. */
export const unfinishedName = (alias: string): string =>
  `${alias}_${globalThis.crypto.randomUUID().slice(0, 8)}`;

/** How long an index is waited for, and the longest pause between two looks; milliseconds. */
const LONGEST_WAIT = 600_000;
const LONGEST_PAUSE = 2000;

/** Waits until the index of a collection is built; whether it is. */
export async function requireIndexed(client: QdrantClient, collection: string): Promise<boolean> {
  const began = performance.now();
  for (let pause = 50; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const info = await resultOf<CollectionInfo>(client, {
      method: 'GET',
      path: pathOf(collection),
    });
    if (info?.status !== 'yellow') return info?.status !== 'red';
    if (performance.now() - began > LONGEST_WAIT) return false;
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** Lets an alias stand for another collection, in one request that is sent once. */
export async function switched(
  client: QdrantClient,
  alias: string,
  { from, to }: { readonly from: string | undefined; readonly to: string },
): Promise<void> {
  const { name } = client;
  const now = await aliased(client, alias);
  if (now !== from)
    throw new InputError(
      name,
      `${alias} stands for ${now ?? 'no collection'} now, and stood for ${from ?? 'none'} before: somebody switched it meanwhile; it was left alone, and the new rows are in ${to}.`,
    );
  const remove = from === undefined ? [] : [{ delete_alias: { alias_name: alias } }];
  const actions = [...remove, { create_alias: { alias_name: alias, collection_name: to } }];
  const request = { path: '/collections/aliases', body: JSON.stringify({ actions }), once: true };
  try {
    if ((await client.ask(request)) === undefined) gone(name, to);
  } catch (cause) {
    // The answer may be lost, and not the request.
    const after = await aliased(client, alias).catch(() => undefined);
    if (after === to) return;
    const why = messageOf(cause).replace(`${name}: `, '');
    const before = from === undefined ? '' : `, the old ones in ${from}`;
    throw new InputError(
      name,
      `it is not known whether ${alias} stands for ${to} (${why}); the new rows are in ${to}${before}.`,
      { cause },
    );
  }
}

/** Says which other collections look like those of earlier runs; nothing, where that may not be asked. */
export async function otherCollections(
  client: QdrantClient,
  alias: string,
  known: readonly string[],
): Promise<string[]> {
  const found = await resultOf<{ readonly collections: readonly { readonly name: string }[] }>(
    client,
    { method: 'GET', path: '/collections' },
  ).catch(() => undefined);
  const others = (found?.collections ?? [])
    .map((own) => own.name)
    .filter(
      (own) => own.startsWith(`${alias}_`) && /^[0-9a-f]{8}$/.test(own.slice(alias.length + 1)),
    )
    .filter((own) => !known.includes(own));
  if (others.length === 0) return [];
  return [
    `${client.name}: from earlier runs there ${others.length === 1 ? 'is' : 'are'} also ${others.toSorted().join(', ')}.`,
  ];
}
