import { unlinkSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, TammesError, UnsupportedError } from '../core/errors.ts';
import type { ByteSource, Output, Source } from './contract.ts';
import { bytesSource, memoryOutput, portableSource, requireRange } from './support/memory.ts';

/** Bytes one system call is asked for; Linux gives at most 2 GiB less a page. */
const PIECE = 1 << 25;

/** Pieces read at once: first touching fresh memory costs as much as reading, and two cores share it. */
const AT_ONCE = 4;

const A_FOLDER = 'this is a folder; a file is expected.';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'permission denied.',
  EPERM: 'permission denied.',
  EROFS: 'the file system is read-only.',
  ENOSPC: 'the disk is full; nothing was written.',
  EDQUOT: 'the disk quota is used up; nothing was written.',
  EFBIG: 'the file would be larger than allowed here; nothing was written.',
  EISDIR: A_FOLDER,
  ENOTDIR: 'a part of the path is a file, not a folder.',
  ENAMETOOLONG: 'the name is too long.',
  EMFILE: 'too many files are open.',
  EPIPE: 'the reader of the output went away.',
  EIO: 'the disk reported an error.',
};

/** One sentence for an error of the file system. */
function fileError(name: string, cause: unknown): Error {
  if (cause instanceof TammesError) return cause;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code !== 'string') return cause as Error;
  return new InputError(name, REASONS[code] ?? `the file system answered ${code}.`, { cause });
}

/** Runs `work`; errors of the file system become one sentence about `name`. */
async function guarded<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fileError(name, cause);
  }
}

/** Opens a path, a file URL, or what every platform knows (`File`, `Blob`, bytes). */
export async function openSource(source: Source): Promise<ByteSource> {
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
    const handle = await open(path, 'r');
    try {
      const status = await handle.stat();
      if (status.isDirectory()) throw new InputError(path, A_FOLDER);
      if (status.isFIFO() || status.isSocket()) {
        const bytes = await handle.readFile();
        await handle.close();
        return bytesSource(bytes, path);
      }
      if (!status.isFile()) throw new InputError(path, 'this is a device; a file is expected.');
      return handleSource(handle, path, status.size);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  });
}

function handleSource(handle: FileHandle, name: string, size: number): ByteSource {
  const readPiece = async (offset: number, into: Uint8Array): Promise<void> => {
    for (let done = 0; done < into.length; ) {
      const { bytesRead } = await handle.read(into, done, into.length - done, offset + done);
      if (bytesRead === 0) throw new InputError(name, 'the file became shorter while it was read.');
      done += bytesRead;
    }
  };
  const readInto = async (offset: number, into: Uint8Array): Promise<void> => {
    requireRange(name, size, offset, into.length);
    let next = 0;
    const readNext = async (): Promise<void> => {
      while (next < into.length) {
        const at = next;
        next += PIECE;
        await readPiece(offset + at, into.subarray(at, at + PIECE));
      }
    };
    await guarded(name, async () => {
      await Promise.all(Array.from({ length: AT_ONCE }, readNext));
    });
  };
  return {
    name,
    size,
    readInto,
    async read(offset, length) {
      requireRange(name, size, offset, length);
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    close: () => handle.close(),
  };
}

const unfinished = new Set<string>();
let watchesExit = false;

/** Removes half-written files when the process ends before they are done. */
function watchExit(): void {
  if (watchesExit) return;
  watchesExit = true;
  process.on('exit', () => {
    for (const path of unfinished) {
      try {
        unlinkSync(path);
      } catch {
        // The process is ending; a file that cannot be removed stays.
      }
    }
  });
}

/**
 * Opens an output for `path`. The bytes go to a temporary file beside it, which takes the name on
 * `commit`, after they reached the disk; until then the old file stays as it was. Devices and pipes
 * (`/dev/stdout`) get the bytes on `commit`.
 */
export async function createOutput(path: string): Promise<Output> {
  return guarded(path, async () => {
    const target = await realpath(path).catch((cause: { code?: string }) => {
      if (cause.code === 'ENOENT') return path;
      throw cause;
    });
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory()) throw new InputError(path, A_FOLDER);
    if (existing && !existing.isFile()) return deviceOutput(path);
    const folder = await stat(dirname(target)).catch(() => undefined);
    if (!folder) throw new InputError(path, `there is no folder ${dirname(path)} to write into.`);
    const [temporary, handle] = await temporaryFile(target, existing && existing.mode & 0o777);
    return fileOutput(path, target, temporary, handle);
  });
}

async function temporaryFile(target: string, mode = 0o666): Promise<[string, FileHandle]> {
  for (let i = 0; ; i++) {
    const path = join(dirname(target), `.${basename(target)}.${process.pid}-${i}.tmp`);
    try {
      const handle = await open(path, 'wx', mode);
      watchExit();
      unfinished.add(path);
      return [path, handle];
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EEXIST' || i > 1000) throw cause;
    }
  }
}

function fileOutput(name: string, target: string, temporary: string, handle: FileHandle): Output {
  let position = 0;
  let closed = false;
  const writeAt = async (offset: number, bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      const length = Math.min(PIECE, bytes.length - done);
      const { bytesWritten } = await handle.write(bytes, done, length, offset + done);
      done += bytesWritten;
    }
  };
  const discard = async (): Promise<void> => {
    if (!closed) {
      closed = true;
      await handle.close().catch(() => {});
    }
    if (unfinished.delete(temporary)) await unlink(temporary).catch(() => {});
  };
  const orDiscard = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      await discard();
      throw fileError(name, cause);
    }
  };
  return {
    get position() {
      return position;
    },
    write: (bytes) =>
      orDiscard(async () => {
        await writeAt(position, bytes);
        position += bytes.length;
      }),
    commit: () =>
      orDiscard(async () => {
        await handle.sync();
        closed = true;
        await handle.close();
        await rename(temporary, target);
        unfinished.delete(temporary);
      }),
    discard,
  };
}

/** Devices cannot be renamed over: their bytes wait in memory until `commit`. */
function deviceOutput(path: string): Output {
  const memory = memoryOutput();
  return {
    get position() {
      return memory.position;
    },
    write: (bytes) => memory.write(bytes),
    discard: () => memory.discard(),
    commit: () =>
      guarded(path, async () => {
        const handle = await open(path, 'w');
        try {
          const bytes = memory.bytes();
          for (let done = 0; done < bytes.length; ) {
            const { bytesWritten } = await handle.write(bytes, done);
            done += bytesWritten;
          }
        } finally {
          await handle.close();
        }
      }),
  };
}
