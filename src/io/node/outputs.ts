import { constants, type Stats, unlinkSync } from 'node:fs';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { Output } from '../contract.ts';
import { A_FOLDER, fileError, guarded } from './errors.ts';
import { PIECE } from './handles.ts';
import { type Place, placeOf } from './places.ts';
import { type Sink, streamOutput, writeTo } from './streams.ts';

/** What standard output is called in sentences. */
export const STDOUT = 'standard output';

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

/** Number of the stream of this process that a name means: `-`, `/dev/stdout` and links to it. */
export async function outputStream(path: string): Promise<number | undefined> {
  const place = await outputPlace(path);
  return 'descriptor' in place ? place.descriptor : undefined;
}

function outputPlace(path: string): Promise<Place> {
  return path === '-' ? Promise.resolve({ descriptor: 1 }) : guarded(path, () => placeOf(path));
}

/**
 * Opens an output for `path`. The bytes go to a temporary file beside it, which takes the name on
 * `commit`, after they reached the disk; until then the old file stays as it was. A link stays, and the file it
 * leads to is replaced. What is no file reached by its name gets the bytes one after another: `-` and the streams
 * of this process through the descriptor that is open, pipes and devices by their name.
 */
export async function createOutput(path: string): Promise<Output> {
  const place = await outputPlace(path);
  if ('descriptor' in place) return descriptorOutput(path, place.descriptor);
  if ('foreign' in place) {
    throw new InputError(path, 'this is a stream of another process; name a file.');
  }
  return guarded(path, async () => {
    const { target } = place;
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory()) throw new InputError(path, A_FOLDER);
    if (existing && !existing.isFile()) return deviceOutput(path, target, existing);
    const folder = await stat(dirname(target)).catch(() => undefined);
    if (!folder) throw new InputError(path, `there is no folder ${dirname(path)} to write into.`);
    const [temporary, handle] = await temporaryFile(target, existing && existing.mode & 0o777);
    return fileOutput(path, target, temporary, handle);
  });
}

function descriptorOutput(path: string, descriptor: number): Output {
  const sink: Sink = {
    write: (bytes) => writeTo(descriptor, bytes),
    // It is not ours to close.
    close: async () => {},
  };
  return streamOutput(descriptor === 1 ? STDOUT : path, async () => sink);
}

/** Opened when there is something to write, and without emptying it. */
function deviceOutput(path: string, target: string, status: Stats): Output {
  if (status.isBlockDevice()) throw new InputError(path, 'this is a whole disk; name a file.');
  return streamOutput(path, async () => {
    const handle = await open(target, constants.O_WRONLY);
    return { write: (bytes) => writeTo(handle.fd, bytes), close: () => handle.close() };
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
