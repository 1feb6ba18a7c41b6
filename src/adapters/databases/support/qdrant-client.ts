import { InputError } from '../../../core/errors.ts';
import { letGo, PassingError, persistent } from '../../../io/requests.ts';
import type { QdrantAddress } from './qdrant-address.ts';

/** What is sent to a server of Qdrant. */
export interface Request {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Behind the server. */
  readonly path: string;
  /** JSON. */
  readonly body?: string | undefined;
  /** Sent once only: what is not to be done twice. */
  readonly once?: boolean;
}

/** Speaks to one server with the key of the environment. */
export interface QdrantClient {
  readonly name: string;
  /** Whether the key goes over a connection that others can read. */
  readonly isOpen: boolean;
  /** The text of an answer; undefined where there is no such thing. */
  ask(request: Request): Promise<string | undefined>;
}

const ATTEMPTS = 4;
/** Statuses that pass. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const LOCAL = /^(?:localhost|127\.[\d.]+|\[::1\]):/;

export function qdrantClient({ name, host, server, patience }: QdrantAddress): QdrantClient {
  const key = process.env['QDRANT_API_KEY'] || undefined;
  // What fetch says of a header that it does not take holds the header.
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new InputError(name, 'the key in QDRANT_API_KEY has letters that no key has.');
  const headers = { 'content-type': 'application/json', ...(key && { 'api-key': key }) };
  const told = async (response: Response): Promise<string> => {
    const text = await response.text().catch(() => '');
    return saidIn(key === undefined ? text : text.replaceAll(key, '…'));
  };
  return {
    name,
    isOpen: key !== undefined && server.startsWith('http:') && !LOCAL.test(host),
    ask({ method = 'POST', path, body, once = false }) {
      const limits = { attempts: once ? 1 : ATTEMPTS, patience };
      return persistent({ name, host }, body?.length ?? 0, limits, async (signal) => {
        // The key is for this server: fetch would take it along to another.
        const response = await fetch(server + path, {
          method,
          headers,
          signal,
          redirect: 'manual',
          ...(body !== undefined && { body }),
        });
        if (response.ok) return response.text();
        const { status } = response;
        if (status === 404) {
          await letGo(response);
          return undefined;
        }
        const said = await told(response);
        if (PASSING.has(status))
          throw new PassingError(
            `the server answered ${status}${said && ` (${said})`}`,
            waited(response),
          );
        throw new InputError(name, sentenceFor(status, said, host, key !== undefined));
      });
    },
  };
}

const waited = (response: Response): number =>
  1000 * Number(response.headers.get('retry-after') ?? 0) || 0;

/** What an answer says of what went wrong, without its period. */
function saidIn(text: string): string {
  let said = text;
  try {
    const { status } = JSON.parse(text) as { readonly status?: { readonly error?: unknown } };
    if (typeof status?.error === 'string') said = status.error;
  } catch {
    // Proxies answer with pages, and Qdrant itself with a line where a key is refused.
    if (/<[a-z!]/i.test(text)) said = '';
  }
  return said.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/[.!]$/, '');
}

function sentenceFor(status: number, said: string, host: string, hasKey: boolean): string {
  if (status === 401)
    return hasKey
      ? `${host} does not take the key in QDRANT_API_KEY.`
      : `${host} wants a key: the environment variable QDRANT_API_KEY has none.`;
  if (status === 403)
    return `${host} forbids it${hasKey ? ' with the key in QDRANT_API_KEY' : ''}${said && ` (${said})`}.`;
  if (status >= 300 && status < 400)
    return `${host} sends on to another address (${status}); name that one.`;
  return `Qdrant says: ${said || `status ${status}`}.`;
}

/** What an answer has under `result`. */
export async function resultOf<T>(client: QdrantClient, request: Request): Promise<T | undefined> {
  const text = await client.ask(request);
  if (text === undefined) return undefined;
  return parsed(client.name, () => (JSON.parse(text) as { readonly result: T }).result);
}

/** Reads an answer, or says in a sentence that it is none of Qdrant's. */
export function parsed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(name, 'what answers there does not speak as Qdrant does.', { cause });
  }
}
