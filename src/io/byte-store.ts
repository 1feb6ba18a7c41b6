import { createOutput, openSource } from '#files';

/** A place for bytes that are replaced as a whole: a file, an entry of a database, a variable. */
export interface ByteStore {
  /** What it is called in messages: the path of a file. */
  readonly name: string;
  /** Replaces what is there; what was there before stays until all of the new is. */
  save(bytes: Uint8Array): Promise<void>;
  /** Undefined where nothing has been saved. */
  load(): Promise<Uint8Array | undefined>;
}

/** A file as a place for bytes: written under another name and renamed, so that it is old or new, never half. */
export function fileStore(path: string): ByteStore {
  return {
    name: path,
    async save(bytes) {
      const output = await createOutput(path);
      await output.write(bytes);
      await output.commit();
    },
    async load() {
      const source = await openSource(path).catch((cause: unknown) => {
        if (isMissing(cause)) return undefined;
        throw cause;
      });
      if (!source) return undefined;
      try {
        return await source.read(0, source.size);
      } finally {
        await source.close();
      }
    },
  };
}

/** Memory as a place for bytes, gone with the program. */
export function memoryStore(name = 'memory'): ByteStore {
  let kept: Uint8Array | undefined;
  return {
    name,
    async save(bytes) {
      kept = bytes.slice();
    },
    load: async () => kept?.slice(),
  };
}

const isMissing = (error: unknown): boolean =>
  (error as { cause?: { code?: unknown } }).cause?.code === 'ENOENT';
