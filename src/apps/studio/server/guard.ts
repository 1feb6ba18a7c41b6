import { TammesError } from '../../../core/errors.ts';

/** A request that is not answered, with the status of HTTP that says so. */
export class RefusedError extends TammesError {
  override readonly name = 'RefusedError';
  readonly status: RefusedStatus;
  constructor(status: RefusedStatus, code: string, sentence: string) {
    super(code, sentence);
    this.status = status;
  }
}
export type RefusedStatus = 400 | 401 | 403 | 404 | 405 | 413 | 415 | 421;

/** What a request must come with. */
export interface Guard {
  /** Random; whoever has it may do what the reader may. */
  readonly token: string;
  readonly port: number;
}

/** A new token of 256 random bits. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Refuses a request under another name than the server's own: a page elsewhere whose name was made to lead here (DNS
 * rebinding) sends its own.
 */
export function requireHost({ headers }: Request, { port }: Guard): void {
  if (namesOf(port).includes(headers.get('host')?.toLowerCase() ?? '')) return;
  throw new RefusedError(
    421,
    'host',
    `the studio answers at ${namesOf(port).join(' and ')} alone; see the address that was printed.`,
  );
}

/** Refuses a request that a page of another origin sent. */
export function requireOrigin({ headers }: Request, { port }: Guard): void {
  const origin = headers.get('origin');
  const isOwn = origin === null || namesOf(port).some((name) => origin === `http://${name}`);
  if (!isOwn)
    throw new RefusedError(403, 'origin', 'a page of another origin may not use the studio.');
}

/** Refuses a request without the token. */
export function requireToken({ headers }: Request, { token }: Guard): void {
  const [scheme = '', given = ''] = (headers.get('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer' && isSame(given, token)) return;
  throw new RefusedError(
    401,
    'token',
    'the token is missing or wrong; open the address that tammes studio printed, to its end.',
  );
}

const namesOf = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** Takes as long wherever the first difference is. */
function isSame(given: string, token: string): boolean {
  let difference = given.length ^ token.length;
  for (let i = 0; i < token.length; i++)
    difference |= token.charCodeAt(i) ^ (given.charCodeAt(i) || 0);
  return difference === 0;
}

/** Sent with everything: scripts of the page alone, no framing, and memory that threads can share. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    'media-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
