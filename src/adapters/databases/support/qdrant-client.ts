import { InputError } from '../../../core/errors.ts';
import { messageOf } from '../../support/load-peer.ts';
import { exactText, parseExact } from '../exact-json.ts';
import type { QdrantAddress } from './qdrant-address.ts';

/** As much of `fetch` as is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** Asks a server; gives what its answer calls `result`. */
export interface QdrantClient {
  ask(method: Method, path: string, body?: object): Promise<unknown>;
  /** The same of what may not be there: undefined then. */
  find(path: string): Promise<unknown>;
}

/** What waits longer is given up. */
const PATIENCE_MS = 120_000;
/** A server that is busy is asked again after a wait, twice as long each time. */
const [TRIES, WAIT_MS] = [4, 250];
const BUSY = [429, 502, 503, 504];

export function qdrantClient({ name, server }: QdrantAddress, request: Fetch): QdrantClient {
  const key = process.env['QDRANT_API_KEY'];
  const headers = { 'content-type': 'application/json', ...(key && { 'api-key': key }) };

  async function sent(method: Method, path: string, body?: object) {
    const init = { method, headers, ...(body && { body: exactText(body) }) };
    try {
      const answer = await request(server + path, {
        ...init,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { status: answer.status, text: await answer.text() };
    } catch (cause) {
      const why = messageOf((cause as Error).cause ?? cause);
      throw new InputError(name, `Qdrant at ${server} gives no answer (${why}).`, { cause });
    }
  }
  async function answered(method: Method, path: string, body?: object) {
    for (let tries = 1; ; tries++) {
      const answer = await sent(method, path, body);
      if (!BUSY.includes(answer.status) || tries === TRIES) return answer;
      await new Promise((go) => setTimeout(go, WAIT_MS * 2 ** (tries - 1)));
    }
  }
  const ask: QdrantClient['ask'] = async (method, path, body) =>
    resultOf(name, await answered(method, path, body), key !== undefined);
  return {
    ask,
    async find(path) {
      const answer = await answered('GET', path);
      return answer.status === 404 ? undefined : resultOf(name, answer, key !== undefined);
    },
  };
}

function resultOf(
  name: string,
  { status, text }: { readonly status: number; readonly text: string },
  hasKey: boolean,
): unknown {
  if (status === 401 || status === 403)
    throw new InputError(
      name,
      hasKey
        ? 'Qdrant does not take the key in QDRANT_API_KEY for this.'
        : 'Qdrant asks for a key: set QDRANT_API_KEY in the environment.',
    );
  let answer: { readonly result?: unknown; readonly status?: unknown };
  try {
    answer = parseExact(text) as typeof answer;
  } catch (cause) {
    throw new InputError(name, `the answer (${status}) is no JSON of Qdrant.`, { cause });
  }
  if (status < 300) return answer.result;
  const { error } = (answer.status ?? {}) as { readonly error?: unknown };
  const why = typeof error === 'string' ? error.replace(/\.$/, '') : `status ${status}`;
  throw new InputError(name, `Qdrant says: ${why}.`);
}
