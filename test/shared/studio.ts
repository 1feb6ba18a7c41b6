import { request } from 'node:http';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Surroundings } from '../../src/apps/studio/hosting/host.ts';
import { type Port, RelayedSession } from '../../src/apps/studio/hosting/relay.ts';
import type { RemoteSession } from '../../src/apps/studio/hosting/requests.ts';
import { serveSession } from '../../src/apps/studio/hosting/serve.ts';
import { studioApp } from '../../src/apps/studio/server/app.ts';
import { Session } from '../../src/apps/studio/session/session.ts';
import { studioTable } from '../../src/apps/studio/session/table.ts';
import { listen } from '../../src/cli/studio/listen.ts';
import { matrix } from '../../src/core/matrix.ts';
import { referenceEngine } from '../../src/engine/index.ts';
import type { VectorTable } from '../../src/io/index.ts';

/** Four rows with labels, a number, a class and a path each. */
export const table: VectorTable = {
  points: matrix(Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1), 4, 2),
  labels: ['east', 'north', 'west', 'south'],
  columns: {
    size: Float64Array.of(1, 2, Number.NaN, 4),
    side: ['x', 'y', 'x', 'y'],
    picture: ['a.png', '../b.png', 'c.png', ''],
  },
};

const portOf = (port: MessagePort): Port => ({
  post: (message, transfer) => port.postMessage(message, [...transfer]),
  listen: (listener) => port.on('message', (message) => listener(message as never)),
});

/** A session behind a relay, as behind a thread; `end` closes the channel. */
export async function relayedSession(
  surroundings: Partial<Surroundings> = {},
): Promise<{ session: RelayedSession; own: Session; end: () => void }> {
  const { port1, port2 } = new MessageChannel();
  const own = new Session(referenceEngine, [await studioTable('a', 'compass.csv', table)]);
  serveSession(portOf(port1), own, {
    media: async () => ({ type: 'image/png', bytes: Uint8Array.of(1, 2, 3) }),
    ...surroundings,
  });
  const session = new RelayedSession(portOf(port2));
  return { session, own, end: () => port1.close() };
}

export const TOKEN = 'f'.repeat(64);

/** The studio on a free port, and what a client gets of it: any headers, Host among them. */
export async function servedStudio(session: RemoteSession, mostFileBytes = 1e6) {
  const page = new TextEncoder().encode('<!doctype html><title>Tammes studio</title>');
  const pages = new Map([['index.html', { type: 'text/html', bytes: async () => page }]]);
  const { port, close } = await listen(0, (own) =>
    studioApp({ session, pages, token: TOKEN, port: own, mostFileBytes }),
  );
  const ask = (path: string, { headers = {}, method = 'GET', body = '' }: Asked = {}) =>
    new Promise<Answered>((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method,
          headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return { url: `http://127.0.0.1:${port}`, port, close, ask };
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string | Uint8Array;
}

interface Answered {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** A promise that is resolved from outside. */
export function later<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
