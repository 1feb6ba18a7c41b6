import { InputError } from '../../core/errors.ts';
import { requireRange } from '../support/memory.ts';
import type { ObjectStore } from './object-store.ts';

/** Objects in the memory of this process: for tests and for pages. */
export function memoryObjects(name = 'memory'): ObjectStore {
  const objects = new Map<string, Uint8Array>();
  const written = new Map<string, number>();
  return {
    name,
    address: `memory:${name}`,
    size: async (key) => objects.get(key)?.length,
    async readInto(key, offset, into) {
      const bytes = objects.get(key);
      if (!bytes) throw new InputError(`${name}/${key}`, 'there is no such object.');
      requireRange(`${name}/${key}`, bytes.length, offset, into.length);
      into.set(bytes.subarray(offset, offset + into.length));
    },
    async create(key, pieces) {
      if (objects.has(key)) return false;
      const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
      }
      objects.set(key, bytes);
      written.set(key, Date.now());
      return true;
    },
    list: async (prefix, before) =>
      [...objects.keys()]
        .filter((key) => key.startsWith(prefix))
        .filter((key) => before === undefined || Number(written.get(key)) < before.getTime())
        .sort(),
    async remove(key) {
      objects.delete(key);
    },
  };
}
