import type { Connection } from '../../contract.ts';
import { type Port, RelayedSession } from '../../hosting/relay.ts';
import { connectionOver } from './over.ts';

/** A session in a worker of this page, for files that are dropped where there is no server. */
export function workerConnection(script: URL | string = 'worker.js'): Connection {
  const worker = new Worker(script, { type: 'module' });
  const port: Port = {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen: (listener) => {
      worker.onmessage = ({ data }) => listener(data as never);
    },
  };
  const session = new RelayedSession(port);
  worker.onerror = ({ message }) =>
    session.lose(`the part of the page that computes ended: ${message || 'no reason is known'}.`);
  return connectionOver(session);
}
