import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Collection,
  chosen,
  compared,
  described,
  type Json,
  type Point,
  put,
  Refusal,
  shown,
} from './collections.ts';
import { operationOf, violation } from './contract.ts';

/** What goes wrong with a request. */
export type Fault =
  | { readonly status: number; readonly text: string }
  | 'reset'
  | 'lost'
  | 'short'
  | 'hang';

/** Answers in the memory of this process as the recorded contract says; no server of Qdrant. */
export interface QdrantServer extends AsyncDisposable {
  readonly address: string;
  readonly collections: Map<string, Collection>;
  readonly aliases: Map<string, string>;
  /** What requests, or our own answers, had that the contract does not know. */
  readonly violations: string[];
  /** Requests as they came: `POST /collections/{collection_name}/points`. */
  readonly requests: string[];
  key: string | undefined;
  /** A key that may read, and no more. */
  readerKey: string | undefined;
  /** Hears of each request before it is done. */
  came: (id: string) => void;
  fault: (id: string) => Fault | undefined;
}

const BODY = 'a body with `result`';

export async function qdrantServer(): Promise<QdrantServer> {
  const server = createServer((request, response) => {
    void serve(own, request, response).catch((cause: unknown) => {
      own.violations.push(String(cause));
      response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const own: QdrantServer = {
    address: `qdrant://127.0.0.1:${(server.address() as AddressInfo).port}`,
    collections: new Map(),
    aliases: new Map(),
    violations: [],
    requests: [],
    key: undefined,
    readerKey: undefined,
    came: () => {},
    fault: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return own;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const parse = (text: string): unknown =>
  JSON.parse(
    text.replace(TOKEN, (own) =>
      /^\d+$/.test(own) && !Number.isSafeInteger(Number(own)) ? `"\\u0000${own}"` : own,
    ),
  );
const stringify = (value: unknown): string =>
  JSON.stringify(value).replace(/"\\u0000(\d+)"/g, '$1');

async function serve(own: QdrantServer, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://server');
  const { method = 'GET' } = request;
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  const found = operationOf(method, url.pathname);
  const id = found?.id ?? `${method} ${url.pathname}`;
  own.requests.push(id);
  own.came(id);
  const fault = own.fault(id);
  if (fault === 'hang') return;
  if (fault === 'reset') return void response.destroy();
  const send = (status: number, body: string): void => {
    const bytes = Buffer.from(body);
    response.writeHead(status, { 'Content-Length': String(bytes.length) });
    if (fault === 'short')
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    else response.end(bytes);
  };
  if (typeof fault === 'object') return send(fault.status, fault.text);
  const given = request.headers['api-key'];
  const isReader = own.readerKey !== undefined && given === own.readerKey;
  if (own.key !== undefined && given !== own.key && !isReader)
    return send(
      401,
      given ? 'Invalid API key or JWT' : 'Must provide an API key or an Authorization bearer token',
    );
  try {
    if (!found) throw new Refusal(404, '');
    const { operation, collection } = found;
    const unknown = [...url.searchParams.keys()].find((name) => !operation.query.includes(name));
    const body = text === '' ? undefined : parse(text);
    const wrong =
      unknown ??
      (operation.body ? violation(operation.body, body) : body && 'a body that is not expected');
    if (wrong) {
      own.violations.push(`${id}: ${String(wrong)}`);
      throw new Refusal(400, `Format error in JSON body: ${String(wrong)}`);
    }
    if (
      isReader &&
      (method === 'PUT' || method === 'DELETE' || (id.endsWith('/aliases') && method === 'POST'))
    )
      throw new Refusal(403, 'Forbidden: Global manage access is required');
    const result = resultOf(own, id, collection, (body ?? {}) as Json);
    const strange = violation(operation.result, result, BODY);
    if (strange) own.violations.push(`${id} answered: ${strange}`);
    if (fault === 'lost') return void response.destroy();
    send(200, stringify({ result, status: 'ok', time: 0.001 }));
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    send(cause.status, stringify({ status: { error: cause.message }, time: 0.001 }));
  }
}

function collectionOf(own: QdrantServer, called: string): Collection {
  const found = own.collections.get(own.aliases.get(called) ?? called);
  if (found) return found;
  throw new Refusal(404, `Not found: Collection \`${called}\` doesn't exist!`);
}

function resultOf(own: QdrantServer, id: string, called: string, body: Json): unknown {
  switch (id.replace('/collections/{collection_name}', '…')) {
    case 'GET /aliases':
      return {
        aliases: Array.from(own.aliases, ([alias_name, collection_name]) => ({
          alias_name,
          collection_name,
        })),
      };
    case 'GET /collections':
      return { collections: Array.from(own.collections.keys(), (name) => ({ name })) };
    case 'POST /collections/aliases':
      return aliasesChanged(own, body['actions'] as readonly Json[]);
    case 'GET …':
      return described(collectionOf(own, called));
    case 'PUT …':
      if (own.collections.has(called) || own.aliases.has(called))
        throw new Refusal(409, `Wrong input: Collection \`${called}\` already exists!`);
      own.collections.set(called, { made: body, points: new Map(), indexes: {} });
      return true;
    case 'DELETE …':
      return own.collections.delete(called);
    case 'PUT …/index': {
      const { indexes } = collectionOf(own, called);
      indexes[String(body['field_name'])] = { data_type: body['field_schema'], points: 0 };
      return { operation_id: 1, status: 'completed' };
    }
    case 'PUT …/points':
      for (const point of body['points'] as readonly Point[]) put(collectionOf(own, called), point);
      return { operation_id: 1, status: 'completed' };
    case 'POST …/points/count':
      return { count: chosen(collectionOf(own, called), body).length };
    case 'POST …/points/scroll': {
      const all = chosen(collectionOf(own, called), body);
      const { offset, limit = 10 } = body as { offset?: string | number; limit?: number };
      const from =
        offset === undefined ? 0 : all.findIndex((point) => compared(point.id, offset) >= 0);
      const page = from < 0 ? [] : all.slice(from, from + limit);
      const next = from < 0 ? undefined : all[from + limit];
      return {
        points: page.map((point) => shown(point, body)),
        next_page_offset: next?.id ?? null,
      };
    }
    case 'POST …/points': {
      const { points } = collectionOf(own, called);
      return (body['ids'] as readonly (string | number)[]).flatMap((one) => {
        const point = points.get(one);
        return point ? [shown(point, body)] : [];
      });
    }
    default:
      throw new Refusal(404, '');
  }
}

function aliasesChanged(own: QdrantServer, actions: readonly Json[]): true {
  const aliases = new Map(own.aliases);
  for (const action of actions) {
    const made = action['create_alias'] as
      | { alias_name: string; collection_name: string }
      | undefined;
    if (!made) {
      aliases.delete((action['delete_alias'] as { alias_name: string }).alias_name);
      continue;
    }
    if (!own.collections.has(made.collection_name))
      throw new Refusal(404, `Not found: Collection \`${made.collection_name}\` doesn't exist!`);
    if (own.collections.has(made.alias_name))
      throw new Refusal(409, `Wrong input: Collection \`${made.alias_name}\` already exists!`);
    aliases.set(made.alias_name, made.collection_name);
  }
  own.aliases.clear();
  for (const [alias, collection] of aliases) own.aliases.set(alias, collection);
  return true;
}
