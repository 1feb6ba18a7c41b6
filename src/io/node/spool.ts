import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ByteSource } from '../contract.ts';
import { bytesSource } from '../support/memory.ts';
import { systemCode } from './errors.ts';
import { handleSource } from './handles.ts';
import { writeTo } from './streams.ts';

/** Bytes of streams that are kept in memory, all of them together; more go to temporary files. */
const MOST_HELD = 1 << 26;
let held = 0;

/**
 * A stream as a source that can be read at any place: in memory while it is small, else in a temporary file that has
 * lost its name already, so that nothing stays behind however the process ends.
 */
export async function spooled(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): Promise<ByteSource> {
  const waiting: Uint8Array[] = [];
  let own = 0;
  let size = 0;
  let file: FileHandle | undefined;
  const release = (): void => {
    held -= own;
    own = 0;
  };
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (file) {
        await writeTo(file.fd, chunk);
        continue;
      }
      waiting.push(chunk);
      own += chunk.length;
      held += chunk.length;
      if (held <= MOST_HELD) continue;
      file = await namelessFile();
      for (const early of waiting) await writeTo(file.fd, early);
      waiting.length = 0;
      release();
    }
  } catch (cause) {
    release();
    await file?.close();
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCode(cause) ?? '');
    if (!isFull) throw cause;
    const sentence = `the folder of temporary files, ${tmpdir()}, is full; TMPDIR names another.`;
    throw new InputError(name, sentence, { cause });
  }
  if (file) return handleSource(file, name, size);
  return { ...bytesSource(joined(waiting, size), name), close: async () => release() };
}

async function namelessFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `tammes-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  await unlink(path);
  return handle;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
