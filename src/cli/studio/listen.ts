import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { OptionError } from '../../core/errors.ts';

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** Listens on this machine alone; what answers is made when the port is known. */
export async function listen(
  wanted: number,
  answering: (port: number) => (request: Request) => Promise<Response>,
): Promise<Listening> {
  let answer: ((request: Request) => Promise<Response>) | undefined;
  const server = createAdaptorServer({
    fetch: (request: Request) => answer?.(request) ?? new Response(null, { status: 503 }),
    overrideGlobalObjects: false,
  }) as Server;
  server.listen(wanted, HOST);
  await once(server, 'listening').catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    throw new OptionError('studio', 'port', 'a port that is free, or 0 for any', wanted);
  });
  const { port } = server.address() as AddressInfo;
  answer = answering(port);
  return {
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
