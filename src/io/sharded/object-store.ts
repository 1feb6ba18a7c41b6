/**
 * Immutable objects by key, in a folder or in a bucket. An object is created whole or not at all, and never changes:
 * what was created under a key is what everyone reads there.
 */
export interface ObjectStore {
  /** Where it lies, in words that may be printed: no secret is in them. */
  readonly name: string;
  /** The same as `openStore` takes it, for another process; no secret either. */
  readonly address: string;
  /** Bytes of an object; undefined where there is none. */
  size(key: string): Promise<number | undefined>;
  /** Fills `into` with the bytes from `offset` on; refuses where the object ends before, or is not there. */
  readInto(key: string, offset: number, into: Uint8Array): Promise<void>;
  /** Creates an object; false where there is one already, which stays as it is. */
  create(key: string, pieces: readonly Uint8Array[]): Promise<boolean>;
  /**
   * Whether of two that create the same key at the same moment one surely gets `false`. Left out, it is so; a server
   * that does not know conditional requests cannot promise it.
   */
  readonly exclusive?: (() => Promise<boolean>) | undefined;
  /** Keys that begin so, in the order of their characters; with `before`, those last written before that time. */
  list(prefix: string, before?: Date): Promise<string[]>;
  /** Removes an object, if there is one: for what was in between, never for what a manifest names. */
  remove(key: string): Promise<void>;
  /** Removes what interrupted writers left before that time and nobody can read; how many there were. */
  readonly sweep?: ((before: Date) => Promise<number>) | undefined;
}

/** All of an object. */
export async function readObject(store: ObjectStore, key: string): Promise<Uint8Array | undefined> {
  const size = await store.size(key);
  if (size === undefined) return undefined;
  const bytes = new Uint8Array(size);
  await store.readInto(key, 0, bytes);
  return bytes;
}
