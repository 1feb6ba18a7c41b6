import { AbortedError, InputError, TammesError } from '../core/errors.ts';

/** What bounds requests to a server. */
export interface RequestLimits {
  readonly signal?: AbortSignal | undefined;
  /** How often a request is sent before it is given up. Default 6. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt; each pause is twice the one before. Default 200. */
  readonly pause?: number | undefined;
  /** Milliseconds that an answer without its bytes may take. Default 30,000. */
  readonly patience?: number | undefined;
}

const ATTEMPTS = 6;
const PAUSE = 200;
const PATIENCE = 30_000;
/** The slowest connection that is waited for, bytes a millisecond. */
const SLOWEST = 256;
/** A server that asks for a longer pause than this is not heard. */
const LONGEST_PAUSE = 20_000;

/** What may go well when it is tried again. */
export class PassingError extends Error {
  /** Milliseconds that the server asks for. */
  readonly wait: number;
  /** Whether the server may have done what it was asked for all the same. */
  readonly unclear: boolean;
  constructor(sentence: string, wait = 0, unclear = true) {
    super(sentence);
    this.wait = wait;
    this.unclear = unclear;
  }
}

/** What is asked for, and of whom. */
export interface Asked {
  /** As it is printed. */
  readonly name: string;
  readonly host: string;
}

/** Sends something until it goes well: what passes is tried again after growing pauses, so many times at most. */
export async function persistent<T>(
  asked: Asked,
  bytes: number,
  { signal, attempts = ATTEMPTS, pause = PAUSE, patience = PATIENCE }: RequestLimits,
  attempt: (signal: AbortSignal, earlier: readonly PassingError[]) => Promise<T>,
): Promise<T> {
  const { name } = asked;
  const earlier: PassingError[] = [];
  for (;;) {
    if (signal?.aborted) throw new AbortedError(name);
    const limit = patience + bytes / SLOWEST;
    try {
      return await timed(signal, limit, (own) => attempt(own, earlier));
    } catch (cause) {
      if (signal?.aborted) throw new AbortedError(name);
      const passing = passingOf(asked, cause, limit);
      earlier.push(passing);
      if (earlier.length >= attempts) {
        throw new InputError(name, `${passing.message}, ${attempts} times.`);
      }
      const wait = Math.max(pause * 2 ** (earlier.length - 1), passing.wait);
      await paused(Math.min(wait, LONGEST_PAUSE), signal);
    }
  }
}

async function timed<T>(
  signal: AbortSignal | undefined,
  limit: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(() => own.abort(new TimedOut()), limit);
  try {
    return await work(own.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

class TimedOut extends Error {}

function paused(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}

/** What `fetch` threw as something that passes; throws what does not pass in a sentence. */
function passingOf({ name, host }: Asked, cause: unknown, limit: number): PassingError {
  if (cause instanceof PassingError) return cause;
  if (cause instanceof TammesError) throw cause;
  if (cause instanceof TimedOut) {
    return new PassingError(`the server did not answer within ${Math.round(limit / 1000)} s`);
  }
  const code = codeOf(cause);
  if (code === undefined && !(cause instanceof TypeError)) throw cause;
  if (code === 'ENOTFOUND') {
    throw new InputError(name, `there is no server ${host} (ENOTFOUND).`);
  }
  if (code !== undefined && /CERT|TLS|SELF_SIGNED|LEAF_SIGNATURE/.test(code)) {
    throw new InputError(name, `the certificate of ${host} is not trusted (${code}).`);
  }
  if (code === 'ECONNREFUSED') return new PassingError(`nothing answers at ${host}`, 0, false);
  // Where fetch says no more, as in browsers, the reason is not known.
  return new PassingError(
    code === undefined
      ? `${host} could not be reached`
      : `the connection to ${host} broke (${code})`,
  );
}

/** The code behind an error of `fetch`; the error's own text may hold what was sent. */
function codeOf(error: unknown): string | undefined {
  const { code, cause, errors } = (error ?? {}) as {
    code?: unknown;
    cause?: unknown;
    errors?: readonly unknown[];
  };
  if (typeof code === 'string') return code;
  if (cause !== undefined) return codeOf(cause);
  return Array.isArray(errors) ? codeOf(errors[0]) : undefined;
}

/** Statuses that pass. */
const PASSING = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/** Throws where an answer is one that passes; its body is let go. */
export async function requireLasting(response: Response): Promise<void> {
  if (!PASSING.has(response.status)) return;
  await letGo(response);
  const wait = 1000 * Number(response.headers.get('retry-after') ?? 0);
  const refused = response.status === 429 || response.status === 503;
  throw new PassingError(`the server answered ${response.status}`, wait || 0, !refused);
}

/** Reads no more of a body, so that its connection is free. */
export async function letGo(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}
