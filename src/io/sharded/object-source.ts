import { InputError } from '../../core/errors.ts';
import type { ByteSource } from '../contract.ts';
import { requireRange } from '../support/memory.ts';
import type { ObjectStore } from './object-store.ts';

/** An object as bytes that are read by ranges. */
export async function objectSource(store: ObjectStore, key: string): Promise<ByteSource> {
  const name = `${store.name}/${key}`;
  const size = await store.size(key);
  if (size === undefined) throw new InputError(name, 'there is no such object.');
  const readInto = async (offset: number, into: Uint8Array): Promise<void> => {
    requireRange(name, size, offset, into.length);
    if (into.length > 0) await store.readInto(key, offset, into);
  };
  return {
    name,
    size,
    readInto,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    close: async () => {},
  };
}
