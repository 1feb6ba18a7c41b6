import { InputError } from '../../../core/errors.ts';
import {
  type Asked,
  letGo,
  PassingError,
  persistent,
  type RequestLimits,
  requireLasting,
} from '../../requests.ts';

/** Sends a GET with these headers. */
export type Get = (
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Response>;

/** Bytes of one request: one connection is slower than several. */
const PIECE = 1 << 23;
const AT_ONCE = 6;

/**
 * Fills `into` with the bytes of an object from `offset` on: large ones in pieces, some at once. `refused` explains an
 * answer that has none of them.
 */
export async function readRange(
  asked: Asked,
  get: Get,
  offset: number,
  into: Uint8Array,
  limits: RequestLimits,
  refused: (response: Response) => Promise<never>,
): Promise<void> {
  if (into.length === 0) return;
  const { name } = asked;
  const versions = new Set<string>();
  let next = 0;
  const readNext = async (): Promise<void> => {
    while (next < into.length) {
      const from = next;
      next += PIECE;
      const piece = into.subarray(from, from + PIECE);
      versions.add(
        await persistent(asked, piece.length, limits, (signal) =>
          readPiece(name, get, offset + from, piece, signal, refused),
        ),
      );
      if (versions.size > 1) throw new InputError(name, 'it changed while it was read.');
    }
  };
  const readers = Math.min(AT_ONCE, Math.ceil(into.length / PIECE));
  try {
    await Promise.all(Array.from({ length: readers }, readNext));
  } finally {
    // Where one failed, the others begin no more.
    next = into.length;
  }
}

/** Reads one piece; returns what marks the version of the object. */
async function readPiece(
  name: string,
  get: Get,
  offset: number,
  into: Uint8Array,
  signal: AbortSignal,
  refused: (response: Response) => Promise<never>,
): Promise<string> {
  const end = offset + into.length;
  const response = await get({ Range: `bytes=${offset}-${end - 1}` }, signal);
  await requireLasting(response);
  const size = sizeOf(response);
  if (response.status === 416 || (size !== undefined && size < end)) {
    await letGo(response);
    const found = size === undefined ? 'it ends before' : `it has ${size}`;
    throw new InputError(
      name,
      `the object is truncated: ${into.length} bytes are expected from byte ${offset} on, and ${found}.`,
    );
  }
  if (response.status !== 200 && response.status !== 206) return refused(response);
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
  if (start !== undefined && Number(start) !== offset) {
    await letGo(response);
    throw new InputError(name, 'the server sent other bytes than were asked for.');
  }
  // A server that does not do ranges sends all of it.
  await fill(response, response.status === 206 ? 0 : offset, into);
  return `${size ?? ''} ${response.headers.get('etag') ?? ''}`;
}

/** Bytes of the whole object, where the answer says so. */
function sizeOf(response: Response): number | undefined {
  const { headers, status } = response;
  const ranged = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  const said = ranged ?? (status === 200 ? headers.get('content-length') : null);
  // What is packed on the way has another length.
  return said === null || headers.has('content-encoding') ? undefined : Number(said);
}

/** Fills `into` with a body but for its first bytes; a body that ends before is one that passes. */
async function fill(response: Response, skip: number, into: Uint8Array): Promise<void> {
  const reader = response.body?.getReader();
  let at = -skip;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) break;
    const start = Math.max(0, -at);
    const room = into.length - Math.max(0, at);
    if (start < value.length && room > 0) {
      into.set(value.subarray(start, start + room), Math.max(0, at));
    }
    at += value.length;
    // To the end of what was asked for, so that the connection can be used again; not to the end of what was not.
    if (at >= into.length && response.status === 200) {
      await reader?.cancel().catch(() => {});
      return;
    }
  }
  if (at === into.length) return;
  throw new PassingError(`the server sent ${Math.max(0, at)} of ${into.length} bytes`);
}
