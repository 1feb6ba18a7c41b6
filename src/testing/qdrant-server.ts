import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import { exactText, parseExact, wholeDigits } from '../adapters/databases/exact-json.ts';

/** What goes wrong with a request: a status, a connection that breaks, or an answer that ends in its middle. */
export type QdrantFault = number | 'reset' | 'short';

/** A request as it came. */
export interface QdrantRequest {
  readonly operation: string;
  readonly collection: string;
  readonly body: string;
}

interface Point {
  readonly id: number | string;
  readonly payload: Record<string, unknown>;
  readonly vectors: Record<string, unknown>;
}

interface Kept {
  readonly config: Record<string, unknown> & {
    readonly vectors?: Record<string, unknown> & { readonly size?: number };
  };
  readonly indexes: Record<string, unknown>;
  readonly points: Map<string, Point>;
}

/**
 * A server in this process that answers as Qdrant's OpenAPI description says: every request and every answer is held to the
 * schemas in `qdrant-contract.fixture.json`. It is no Qdrant: it knows what the description says, and no more.
 */
export interface QdrantServer extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly collections: Map<string, Kept>;
  readonly aliases: Map<string, string>;
  readonly requests: QdrantRequest[];
  /** The key that it wants, if any. */
  key: string | undefined;
  /** Decides which requests go wrong. */
  fault: (request: QdrantRequest) => QdrantFault | undefined;
  /** Hears of each request before it is done. */
  came: (request: QdrantRequest) => void;
}

interface Contract {
  readonly operations: Readonly<
    Record<string, { request?: object; answer: object; query: readonly string[] }>
  >;
  readonly definitions: Readonly<Record<string, { readonly properties?: object }>>;
}

const contract = JSON.parse(
  readFileSync(new URL('./qdrant-contract.fixture.json', import.meta.url), 'utf8'),
) as Contract;
const ajv = new Ajv({ strict: false });
const compiled = new Map<string, ValidateFunction>();

/** What a value does not have of a schema; empty where it fits. */
function faults(name: string, schema: object, value: unknown): string {
  let validate = compiled.get(name);
  if (!validate) {
    validate = ajv.compile({ ...schema, definitions: contract.definitions });
    compiled.set(name, validate);
  }
  // Numbers that float64 does not hold are marked texts here.
  const plain: unknown = JSON.parse(exactText(value));
  return validate(plain) ? '' : ajv.errorsText(validate.errors);
}

/** The keys of a body that the schema does not know. */
function strangeKeys(schema: object, body: object): string[] {
  const { $ref } = schema as { $ref?: string };
  const known = contract.definitions[$ref?.split('/').pop() ?? '']?.properties;
  return known ? Object.keys(body).filter((key) => !(key in known)) : [];
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function qdrantServer(): Promise<QdrantServer> {
  const server = createServer((request, response) => void serve(own, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const own: QdrantServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    collections: new Map(),
    aliases: new Map(),
    requests: [],
    key: undefined,
    fault: () => undefined,
    came: () => {},
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return own;
}

async function serve(own: QdrantServer, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '', 'http://x');
  const [, , second = ''] = url.pathname.split('/');
  const isNamed = /^\/collections\/(?!aliases$)/.test(url.pathname);
  const collection = isNamed ? decodeURIComponent(second) : '';
  const path = isNamed ? url.pathname.replace(second, '{collection_name}') : url.pathname;
  const operation = `${request.method} ${path}`;
  const came = { operation, collection, body };
  own.requests.push(came);
  own.came(came);
  const fault = own.fault(came);
  if (fault === 'reset') return void request.socket.destroy();
  let status = 200;
  let answer: object;
  try {
    if (typeof fault === 'number') throw new Refused(fault, 'a fault of the test.');
    if (own.key !== undefined && request.headers['api-key'] !== own.key)
      throw new Refused(401, 'Must provide an API key');
    answer = { time: 0.001, status: 'ok', result: answered(own, operation, collection, body, url) };
  } catch (cause) {
    status = cause instanceof Refused ? cause.status : 500;
    answer = { time: 0, status: { error: (cause as Error).message } };
  }
  const schema = contract.operations[operation]?.answer;
  const wrong = status === 200 && schema ? faults(`answer ${operation}`, schema, answer) : '';
  const text = exactText(wrong ? { status: { error: `the test's own answer: ${wrong}` } } : answer);
  response.writeHead(wrong ? 500 : status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  if (fault !== 'short') return void response.end(text);
  response.write(text.slice(0, text.length >> 1));
  return void setTimeout(() => request.socket.destroy(), 20);
}

function answered(
  own: QdrantServer,
  operation: string,
  named: string,
  text: string,
  url: URL,
): unknown {
  const known = contract.operations[operation];
  if (!known) throw new Refused(404, `no such operation: ${operation}`);
  for (const key of url.searchParams.keys())
    if (!known.query.includes(key)) throw new Refused(400, `unknown parameter ${key}`);
  const body = (text === '' ? {} : parseExact(text)) as Record<string, never>;
  if (known.request) {
    const wrong = faults(`request ${operation}`, known.request, body);
    const strange = strangeKeys(known.request, body).join(', ');
    if (wrong || strange) throw new Refused(400, `Format error in JSON body: ${wrong || strange}`);
  }
  const name = own.aliases.get(named) ?? named;
  const kept = own.collections.get(name);
  const there = (): Kept => {
    if (kept) return kept;
    throw new Refused(404, `Not found: Collection \`${named}\` doesn't exist!`);
  };
  switch (operation) {
    case 'GET /collections':
      return { collections: Array.from(own.collections.keys(), (own) => ({ name: own })) };
    case 'GET /aliases':
      return {
        aliases: Array.from(own.aliases, ([alias_name, collection_name]) => ({
          alias_name,
          collection_name,
        })),
      };
    case 'POST /collections/aliases':
      return changeAliases(own, body['actions'] as readonly AliasAction[]);
    case 'GET /collections/{collection_name}':
      return factsOf(there());
    case 'PUT /collections/{collection_name}':
      if (kept) throw new Refused(409, `Collection \`${name}\` already exists!`);
      own.collections.set(name, { config: body, indexes: {}, points: new Map() });
      return true;
    case 'DELETE /collections/{collection_name}':
      return own.collections.delete(named);
    case 'PUT /collections/{collection_name}/index':
      there().indexes[body['field_name']] = body['field_schema'];
      return { status: 'completed' };
    case 'PUT /collections/{collection_name}/points':
      for (const point of body['points'] as readonly Record<string, never>[]) put(there(), point);
      return { status: 'completed' };
    case 'POST /collections/{collection_name}/points': {
      const ids = body['ids'] as readonly (number | string)[];
      return ids.flatMap((id) => there().points.get(key(id)) ?? []).map(record);
    }
    case 'POST /collections/{collection_name}/points/count':
      return { count: passing(there(), body).length };
    default:
      return scroll(there(), body);
  }
}

interface AliasAction {
  readonly create_alias?: { readonly alias_name: string; readonly collection_name: string };
  readonly delete_alias?: { readonly alias_name: string };
}

function changeAliases(own: QdrantServer, actions: readonly AliasAction[]): boolean {
  const changed = new Map(own.aliases);
  for (const { create_alias: create, delete_alias: remove } of actions) {
    if (remove) changed.delete(remove.alias_name);
    if (!create) continue;
    if (own.collections.has(create.alias_name))
      throw new Refused(409, `Collection \`${create.alias_name}\` already exists!`);
    changed.set(create.alias_name, create.collection_name);
  }
  own.aliases.clear();
  for (const [alias, name] of changed) own.aliases.set(alias, name);
  return true;
}

/** As the description has it, with the values that a server fills in. */
function factsOf({ config, indexes, points }: Kept): object {
  const { hnsw_config, optimizers_config, quantization_config, ...params } = config;
  return {
    status: 'green',
    optimizer_status: 'ok',
    points_count: points.size,
    segments_count: 1,
    config: {
      params: { shard_number: 1, replication_factor: 1, on_disk_payload: true, ...params },
      hnsw_config: hnsw_config ?? { m: 16, ef_construct: 100, full_scan_threshold: 10_000 },
      optimizer_config: optimizers_config ?? {
        deleted_threshold: 0.2,
        vacuum_min_vector_number: 1000,
        default_segment_number: 0,
        max_segment_size: null,
        indexing_threshold: 10_000,
        flush_interval_sec: 5,
      },
      quantization_config: quantization_config ?? null,
    },
    payload_schema: Object.fromEntries(
      Object.entries(indexes).map(([name, schema]) => [
        name,
        { data_type: typeof schema === 'string' ? schema : 'keyword', points: points.size },
      ]),
    ),
  };
}

const key = (id: number | string): string => wholeDigits(id) ?? String(id).toLowerCase();

function put({ config, points }: Kept, { id, payload, vector }: Record<string, never>): void {
  const { vectors = {} } = config;
  const given: Record<string, unknown> = Array.isArray(vector) ? { '': vector } : vector;
  const held = Object.entries(given).map(([name, values]) => {
    const own = (name === '' ? vectors : vectors[name]) as { size?: number; distance?: string };
    if (!Array.isArray(values) || !own?.size) return [name, values];
    if (values.length !== own.size)
      throw new Refused(400, `Vector dimension error: ${own.size}, got ${values.length}`);
    const length = own.distance === 'Cosine' ? Math.hypot(...(values as number[])) || 1 : 1;
    return [name, values.map((value: number) => Math.fround(value / length))];
  });
  points.set(key(id), { id, payload: payload ?? {}, vectors: Object.fromEntries(held) });
}

function passing({ points }: Kept, { filter }: Record<string, unknown>): Point[] {
  const { must = [] } = (filter ?? {}) as { must?: { has_vector: string }[] };
  return Array.from(points.values()).filter(({ vectors }) =>
    must.every(({ has_vector }) => has_vector in vectors),
  );
}

const isUuid = (id: number | string) => wholeDigits(id) === undefined && typeof id === 'string';

/** Numbers before UUIDs, each in their order. */
function byId({ id: a }: Point, { id: b }: Point): number {
  if (isUuid(a) !== isUuid(b)) return isUuid(a) ? 1 : -1;
  const isLess = isUuid(a) ? key(a) < key(b) : BigInt(key(a)) < BigInt(key(b));
  return isLess ? -1 : 1;
}

function record({ id, payload, vectors }: Point): object {
  const names = Object.keys(vectors);
  return { id, payload, vector: names.join() === '' ? vectors[''] : vectors };
}

function scroll(kept: Kept, body: Record<string, unknown>): object {
  const {
    limit = 10,
    offset,
    with_vector: wanted,
  } = body as {
    limit?: number;
    offset?: number | string | null;
    with_vector?: boolean | string[];
  };
  const all = passing(kept, body).sort(byId);
  const from =
    offset === null || offset === undefined
      ? 0
      : all.findIndex(({ id }) => key(id) === key(offset));
  const points = all.slice(from, from + limit).map((point) => {
    const vectors = Array.isArray(wanted)
      ? Object.fromEntries(wanted.map((name) => [name, point.vectors[name]]))
      : point.vectors;
    const { vector, ...rest } = record({ ...point, vectors }) as { vector: unknown };
    return { ...rest, ...(wanted !== false && { vector }) };
  });
  return { points, next_page_offset: all[from + limit]?.id ?? null };
}
