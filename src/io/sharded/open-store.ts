import { folderStore } from '#files';
import type { RequestLimits } from '../requests.ts';
import type { S3Settings } from '../s3.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Place } from './support/s3-settings.ts';
import { webPlace } from './support/web-place.ts';

/** How a store is reached; a folder needs none of it. */
export interface StoreOptions extends RequestLimits {
  /** Of a bucket; left out, the environment says it. */
  readonly s3?: S3Settings | undefined;
}

const S3 = /^s3:/i;
const WEB = /^https?:\/\//i;

/** Whether this is the address of a store, which no path of a folder is. */
export const isStoreAddress = (text: string): boolean => S3.test(text) || WEB.test(text);

/**
 * A store by its address: a folder, `s3://bucket/prefix`, or `https://host/path` to read. What speaks to servers is
 * loaded when it is first needed.
 *
 * @example
 * const store = openStore('s3://vectors/wiki');
 * const own = openStore('s3://vectors/wiki', { s3: { endpoint: 'http://127.0.0.1:9000' } });
 */
export function openStore(address: string, options: StoreOptions = {}): ObjectStore {
  const { s3, ...limits } = options;
  if (S3.test(address)) {
    const place = s3Place(address);
    return loaded(place.address, async () => {
      const { s3Store } = await import('./s3-store.ts');
      return s3Store(place, s3, limits);
    });
  }
  if (WEB.test(address)) {
    const place = webPlace(address);
    return loaded(place.href.replace(/\/$/, ''), async () => {
      const { webStore } = await import('./web-store.ts');
      return webStore(place, limits);
    });
  }
  return folderStore(address);
}

/** A store that is loaded when it is first asked. */
function loaded(address: string, load: () => Promise<ObjectStore>): ObjectStore {
  let store: Promise<ObjectStore> | undefined;
  const get = (): Promise<ObjectStore> => (store ??= load());
  return {
    name: address,
    address,
    size: async (key) => (await get()).size(key),
    readInto: async (key, offset, into) => (await get()).readInto(key, offset, into),
    create: async (key, pieces) => (await get()).create(key, pieces),
    exclusive: async () => (await (await get()).exclusive?.()) ?? true,
    list: async (prefix, before) => (await get()).list(prefix, before),
    remove: async (key) => (await get()).remove(key),
  };
}
