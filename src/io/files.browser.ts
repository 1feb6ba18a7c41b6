import { InputError, UnsupportedError } from '../core/errors.ts';
import { sha256 } from '../core/sha256.ts';
import { unpacked } from './browser/unpacked.ts';
import type { ByteSource, ContentHasher, Output, Source } from './contract.ts';
import type { ObjectStore } from './sharded/object-store.ts';
import { bytesSource, portableSource } from './support/memory.ts';

const NO_PATHS =
  'a browser cannot open paths; pass a File, a Blob, bytes, or a URL object to fetch.';

/** Opens a `File`, a `Blob`, bytes, or a URL to fetch; paths do not exist in a browser. */
export async function openSource(source: Source): Promise<ByteSource> {
  return unpacked(await packedSource(source));
}

async function packedSource(source: Source): Promise<ByteSource> {
  if (typeof source === 'string') throw new UnsupportedError(source, NO_PATHS);
  if (!(source instanceof URL)) return portableSource(source);
  const name = source.pathname.split('/').pop() || source.href;
  const response = await fetch(source).catch((cause: unknown) => {
    throw new InputError(source.href, 'the address could not be reached.', { cause });
  });
  if (!response.ok) {
    throw new InputError(source.href, `the server answered ${response.status}.`);
  }
  return bytesSource(new Uint8Array(await response.arrayBuffer()), name);
}

/** There are no folders: a path is refused when it is opened. */
export async function listing(): Promise<undefined> {
  return undefined;
}

/** There are no patterns: a path is refused when it is opened. */
export function isPattern(): boolean {
  return false;
}

export async function matching(): Promise<string[]> {
  return [];
}

/** A browser cannot write to a path; `encode` gives the bytes of the file instead. */
export async function createOutput(path: string): Promise<Output> {
  throw new UnsupportedError(
    path,
    'a browser cannot write to paths; encode the table and offer the bytes as a download.',
  );
}

/** There are no folders in a browser. */
export function folderStore(path: string): ObjectStore {
  throw new UnsupportedError(path, NO_PATHS);
}

/** A page has no variables of its process. */
export const environment = (): Readonly<Record<string, string | undefined>> => ({});

export const contentHash: (...pieces: readonly Uint8Array[]) => Promise<string> = sha256;

/** The platform hashes what is all there: the bytes are kept until then, not copied. */
export function contentHasher(): ContentHasher {
  const pieces: Uint8Array[] = [];
  return {
    update: (bytes) => void pieces.push(bytes),
    digest: () => sha256(...pieces),
  };
}
