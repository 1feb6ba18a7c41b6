import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request. */
export type Fault =
  /** An answer of S3 instead of the right one. */
  | { readonly status: number; readonly code?: string; readonly headers?: Record<string, string> }
  /** The connection breaks before anything was done, or after it, before the answer. */
  | 'reset'
  | 'lost'
  /** Half of the body comes, then the connection ends. */
  | 'short'
  /** No answer comes. */
  | 'hang';

/** An object as it lies there. */
interface Kept {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly written: Date;
}

/** A request as it came. */
export interface Came {
  readonly method: string;
  /** Behind the bucket. */
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
}

/** A bucket called `bucket` in the memory of this process, with faults as a test wants them. */
export interface ObjectServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly objects: Map<string, Kept>;
  readonly requests: Came[];
  /** Hears of each request before its body. */
  came: (request: Came) => void;
  /** Decides which requests go wrong; called once for each. */
  fault: (request: Came) => Fault | undefined;
  /** What the server makes of `If-None-Match`. */
  conditions: 'known' | 'ignored' | 'refused';
  /** Whether it sends parts of objects. */
  ranges: boolean;
  /** Keys on a page of a list. */
  pageSize: number;
}

/** Starts a server that speaks as much of S3 as stores do; it looks at no signature. */
export async function objectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Kept>();
  const requests: Came[] = [];
  const server = createServer((request, response) => {
    void serve(own, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const own: ObjectServer = {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    requests,
    came: () => {},
    fault: () => undefined,
    conditions: 'known',
    ranges: true,
    pageSize: 1000,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return own;
}

/** What is answered. */
interface Reply {
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers?: Record<string, string> | undefined;
}

async function serve(own: ObjectServer, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://server');
  const [, bucket = '', ...path] = decodeURIComponent(url.pathname).split('/');
  const came = { method: request.method ?? '', key: path.join('/'), headers: request.headers };
  own.requests.push(came);
  own.came(came);
  const body = await bodyOf(request);
  const fault = own.fault(came);
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.destroy();
    return;
  }
  const reply =
    typeof fault === 'object'
      ? refusalOf(fault.status, fault.code, fault.headers)
      : bucket === 'bucket'
        ? replyTo(own, came, url, body)
        : refusalOf(404, 'NoSuchBucket');
  if (fault === 'lost') {
    response.destroy();
    return;
  }
  const { status, bytes, headers } = reply;
  response.writeHead(status, { 'Content-Length': String(bytes.length), ...headers });
  if (fault !== 'short') response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

/** All of a body; throws where less comes than was announced, so that nothing of it is kept. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const announced = request.headers['content-length'];
  if (announced !== undefined && body.length !== Number(announced)) throw new Error('torn');
  return body;
}

const EMPTY = Buffer.alloc(0);

function replyTo(own: ObjectServer, { method, key, headers }: Came, url: URL, body: Buffer): Reply {
  const kept = own.objects.get(key);
  if (method === 'PUT') return putReply(own, key, body, headers['if-none-match'] === '*');
  if (method === 'DELETE') {
    own.objects.delete(key);
    return { status: 204, bytes: EMPTY };
  }
  if (key === '') return { status: 200, bytes: Buffer.from(listOf(own, url)) };
  if (!kept) return refusalOf(404, 'NoSuchKey');
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (from === '' || !own.ranges)
    return { status: 200, bytes: kept.bytes, headers: { ETag: kept.etag } };
  const size = kept.bytes.length;
  if (Number(from) >= size) return refusalOf(416, 'InvalidRange');
  const bytes = kept.bytes.subarray(Number(from), to === '' ? size : Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + bytes.length - 1}/${size}`;
  return { status: 206, bytes, headers: { ETag: kept.etag, 'Content-Range': range } };
}

function putReply(own: ObjectServer, key: string, bytes: Buffer, isConditional: boolean): Reply {
  if (isConditional && own.conditions === 'refused') return refusalOf(501, 'NotImplemented');
  if (isConditional && own.conditions === 'known' && own.objects.has(key)) {
    return refusalOf(412, 'PreconditionFailed');
  }
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  own.objects.set(key, { bytes, etag, written: new Date() });
  return { status: 200, bytes: EMPTY, headers: { ETag: etag } };
}

function listOf({ objects, pageSize }: ObjectServer, url: URL): string {
  const after = url.searchParams.get('continuation-token') ?? '';
  const prefix = url.searchParams.get('prefix') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const isMore = keys.length > page.length;
  const entries = page.map((key) => {
    const written = objects.get(key)?.written.toISOString();
    return `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><LastModified>${written}</LastModified></Contents>`;
  });
  const next = isMore ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
}

function refusalOf(status: number, code = '', headers: Record<string, string> = {}): Reply {
  const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><StringToSign>SECRET</StringToSign></Error>`;
  return { status, bytes: code === '' ? EMPTY : Buffer.from(xml), headers };
}
