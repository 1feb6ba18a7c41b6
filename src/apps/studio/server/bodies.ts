import { isRecord } from '../../../io/described.ts';
import { RefusedError } from './guard.ts';

/** The bytes of a request, `most` at most. */
export async function bytesOf(
  request: Request,
  most: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const said = Number(request.headers.get('content-length') ?? 0);
  if (said > most) refuse(most, what);
  const parts: Uint8Array[] = [];
  let length = 0;
  if (request.body)
    for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > most) refuse(most, what);
      parts.push(part);
    }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A JSON object as the body; nothing at all is an empty one. */
export async function objectOf(
  request: Request,
  most: number,
): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await bytesOf(request, most, 'a message');
  if (bytes.length === 0) return {};
  const value = parsed(bytes);
  if (isRecord(value)) return value;
  throw new RefusedError(400, 'json', 'the body must be one JSON object.');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RefusedError(400, 'json', 'the body is not JSON; one object in UTF-8 is expected.');
  }
}

function refuse(most: number, what: string): never {
  const size = most >= 1e6 ? `${Math.floor(most / 1e6)} MB` : `${most} bytes`;
  throw new RefusedError(413, 'size', `${what} may have ${size} at most.`);
}
