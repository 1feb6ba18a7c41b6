import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InputError, UnsupportedError } from '../core/errors.ts';
import type { ByteSource, ContentHasher, Source } from './contract.ts';
import { A_FOLDER, fileError, guarded } from './node/errors.ts';
import { handleSource } from './node/handles.ts';
import { placeOf } from './node/places.ts';
import { spooled } from './node/spool.ts';
import { unpacked } from './node/unpacked.ts';
import { portableSource } from './support/memory.ts';

export { folderStore } from './node/folder-store.ts';
export { createOutput, outputStream } from './node/outputs.ts';
export { isPattern, matching } from './node/patterns.ts';

/** The variables of this process; read when they are asked for. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

/** SHA-256 of bytes one after another. Unlike that of the platform it copies nothing: large objects are hashed as fast as read. */
export async function contentHash(...pieces: readonly Uint8Array[]): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** The same of bytes that come one after another. */
export function contentHasher(): ContentHasher {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    digest: async () => hash.digest('hex'),
  };
}

/** What standard input is called in sentences. */
const STDIN = 'standard input';

/**
 * Opens a path, a file URL, or what every platform knows (`File`, `Blob`, bytes). `-` is standard input. What is
 * packed with gzip or Zstandard is unpacked.
 */
export async function openSource(source: Source): Promise<ByteSource> {
  return unpacked(await packedSource(source));
}

async function packedSource(source: Source): Promise<ByteSource> {
  if (source instanceof URL) {
    if (source.protocol !== 'file:') {
      throw new UnsupportedError(source.href, 'only file: URLs can be read here.');
    }
    return openPath(fileURLToPath(source));
  }
  return typeof source === 'string' ? openPath(source) : portableSource(source);
}

async function openPath(path: string): Promise<ByteSource> {
  return guarded(path, async () => {
    if (path === '-' || (await isStdin(path))) return openStdin();
    const handle = await open(path, 'r');
    try {
      const status = await handle.stat();
      if (status.isDirectory()) throw new InputError(path, A_FOLDER);
      if (status.isFile()) return handleSource(handle, path, status.size);
      if (!status.isFIFO() && !status.isSocket()) {
        throw new InputError(path, 'this is a device; a file is expected.');
      }
      const source = await spooled(handle.createReadStream({ autoClose: false }), path);
      await handle.close();
      return source;
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  });
}

async function isStdin(path: string): Promise<boolean> {
  const place = await placeOf(path);
  return 'descriptor' in place && place.descriptor === 0;
}

let stdinWasRead = false;

/** Everything that comes from standard input, which comes once. */
async function openStdin(): Promise<ByteSource> {
  if (stdinWasRead) {
    throw new InputError(STDIN, 'it was read already; it can stand for one file only.');
  }
  stdinWasRead = true;
  try {
    return await spooled(process.stdin, STDIN);
  } catch (cause) {
    throw fileError(STDIN, cause);
  }
}

/** What a folder holds, hidden names apart, each list in the order of the disk. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** The content of a folder; undefined where the path is none. */
export async function listing(path: string | URL): Promise<Listing | undefined> {
  if (path instanceof URL) return listing(fileURLToPath(path));
  if (path === '-') return undefined;
  return guarded(path, async () => {
    const status = await stat(path).catch(() => undefined);
    if (!status?.isDirectory()) return undefined;
    const entries = (await readdir(path, { withFileTypes: true })).filter(
      ({ name }) => !name.startsWith('.'),
    );
    const folders = new Set<string>();
    for (const entry of entries) {
      const isFolder = entry.isSymbolicLink()
        ? await stat(`${path}/${entry.name}`).then(
            (target) => target.isDirectory(),
            () => false,
          )
        : entry.isDirectory();
      if (isFolder) folders.add(entry.name);
    }
    const files = entries.map(({ name }) => name).filter((name) => !folders.has(name));
    return { files, folders: [...folders] };
  });
}
