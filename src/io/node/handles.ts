import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../core/errors.ts';
import type { ByteSource } from '../contract.ts';
import { requireRange } from '../support/memory.ts';
import { guarded } from './errors.ts';

/** Bytes one system call is asked for; Linux gives at most 2 GiB less a page. */
export const PIECE = 1 << 25;

/** Pieces read at once: first touching fresh memory costs as much as reading, and two cores share it. */
const AT_ONCE = 4;

/** An open file as a source. */
export function handleSource(handle: FileHandle, name: string, size: number): ByteSource {
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
