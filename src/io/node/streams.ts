import { write } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Output } from '../contract.ts';
import { memoryOutput } from '../support/memory.ts';
import { fileError, systemCode } from './errors.ts';

/** Takes bytes in order. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that wait until they are sent: what fails before sends nothing. */
const HELD = 1 << 24;

/** Milliseconds to wait for a full pipe. */
const FULL = 2;

/** Writes where the open descriptor stands, whatever is behind it; the file keeps its place and what it held. */
export async function writeTo(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += await writtenOnce(descriptor, bytes, done);
    } catch (cause) {
      // A pipe that its other end made non-blocking is full.
      if (systemCode(cause) !== 'EAGAIN') throw cause;
      await pause(FULL);
    }
  }
}

function writtenOnce(descriptor: number, bytes: Uint8Array, from: number): Promise<number> {
  return new Promise((done, fail) => {
    write(descriptor, bytes, from, bytes.length - from, null, (error, count) =>
      error ? fail(error) : done(count),
    );
  });
}

/** An output into a stream, which has no name to give at the end: bytes wait in memory, then go as they come. */
export function streamOutput(name: string, open: () => Promise<Sink>): Output {
  const waiting = memoryOutput();
  let sent = 0;
  let sink: Sink | undefined;
  const send = async (): Promise<void> => {
    try {
      sink ??= await open();
      await sink.write(waiting.bytes());
      sent += waiting.position;
      await waiting.discard();
    } catch (cause) {
      await sink?.close().catch(() => {});
      throw fileError(name, cause, sent > 0);
    }
  };
  return {
    get position() {
      return sent + waiting.position;
    },
    async write(bytes) {
      await waiting.write(bytes);
      if (waiting.position >= HELD) await send();
    },
    async commit() {
      await send();
      await sink?.close();
    },
    async discard() {
      await waiting.discard();
      await sink?.close().catch(() => {});
    },
  };
}
