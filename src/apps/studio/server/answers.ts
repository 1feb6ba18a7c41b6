import { TammesError } from '../../../core/errors.ts';
import type { PackedArray } from '../../../io/packed.ts';
import type { Answer, Packet, SessionInfo } from '../contract.ts';
import type { AskListening, RemoteSession } from '../hosting/requests.ts';
import { errorPacket } from '../session/error-packet.ts';
import { encodePacket } from '../wire.ts';
import { RefusedError } from './guard.ts';

/** Packets one after another, each behind its length. */
export const PACKETS_TYPE = 'application/x-tammes-packets';
export const LINES_TYPE = 'application/x-ndjson';
/** Values that an array may have in an answer of JSON. */
export const MOST_LISTED = 100_000;

type Status = ConstructorParameters<typeof RefusedError>[0] | 409 | 500 | 503;

/** What could not be done, as JSON with one sentence. */
export function errorAnswer(cause: unknown): Response {
  const { code, sentence } = errorPacket(cause);
  return Response.json({ error: { code, sentence } }, { status: statusOf(cause) });
}

function statusOf(cause: unknown): Status {
  if (cause instanceof RefusedError) return cause.status;
  if (!(cause instanceof TammesError)) return 500;
  switch (cause.code) {
    case 'internal':
      return 500;
    case 'lost':
      return 503;
    case 'aborted':
      return 409;
    default:
      return 400;
  }
}

/** An answer as JSON, its arrays as lists. */
export function jsonAnswer({ facts, arrays }: Answer): Response {
  if (arrays === undefined) return Response.json({ facts });
  const lists = Object.entries(arrays).map(([name, array]) => [name, listed(name, array)]);
  return Response.json({ facts, arrays: Object.fromEntries(lists) });
}

function listed(name: string, { data, shape }: PackedArray) {
  if (data.length > MOST_LISTED)
    throw new RefusedError(
      413,
      'size',
      `the array ${name} has ${data.length} values, and JSON holds ${MOST_LISTED} at most; ask for ${PACKETS_TYPE}.`,
    );
  return { shape, values: Array.from(data as ArrayLike<number | bigint>, plain) };
}

/** JSON has no NaN; what is missing is null. Integers of 64 bits come as text. */
function plain(value: number | bigint): number | string | null {
  if (typeof value === 'bigint') return String(value);
  return Number.isFinite(value) ? value : null;
}

/** The packets of a call as they come; a frame waits until the one before was sent. */
export function packetAnswer(
  work: (listening: AskListening) => Promise<Answer>,
  gone: AbortSignal,
): Response {
  return streamed(PACKETS_TYPE, gone, async (send, signal) => {
    let last: Promise<void> | undefined;
    const onPacket = (packet: Packet): Promise<void> | undefined => {
      // Where the reader is slow, what is done meanwhile is soon told anew.
      if (packet.kind === 'progress' && last !== undefined) return undefined;
      const sent = send(encodePacket(packet));
      const ended = () => {
        if (last === sent) last = undefined;
      };
      // A reader that is gone ends the action by the signal.
      sent.then(ended, ended);
      last = sent;
      return packet.kind === 'frame' ? sent : undefined;
    };
    const end: Packet = await work({ signal, onPacket }).then(
      (answer) => ({ kind: 'answer', ...answer }),
      errorPacket,
    );
    await send(encodePacket(end));
  });
}

/** A line of JSON for the session as it is, and one for each change; a slow reader misses those between. */
export function changesAnswer(
  session: RemoteSession,
  now: SessionInfo,
  gone: AbortSignal,
): Response {
  return streamed(LINES_TYPE, gone, async (send, signal) => {
    const text = new TextEncoder();
    let latest: SessionInfo | undefined = now;
    let wake = () => {};
    let lost = false;
    const end = session.onChange(
      (info) => {
        latest = info;
        wake();
      },
      () => {
        lost = true;
        wake();
      },
    );
    signal.addEventListener('abort', () => wake());
    try {
      while (!signal.aborted && !lost) {
        if (latest === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const line = `${JSON.stringify(latest)}\n`;
        latest = undefined;
        await send(text.encode(line));
      }
    } finally {
      end();
    }
  });
}

/** A body that is written piece by piece; `signal` says that nobody reads it any more. */
function streamed(
  type: string,
  gone: AbortSignal,
  write: (send: (bytes: Uint8Array) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (gone.aborted) abort();
  gone.addEventListener('abort', abort);
  writer.closed.catch(abort);
  const send = (bytes: Uint8Array) => writer.write(bytes);
  void write(send, controller.signal)
    .then(() => writer.close())
    // The reader is gone, and was told so by the signal.
    .catch(() => undefined)
    .finally(() => gone.removeEventListener('abort', abort));
  return new Response(readable, { headers: { 'content-type': type } });
}
