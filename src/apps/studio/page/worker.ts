// The session of a page without a server lives here.
import { UnsupportedError } from '../../../core/errors.ts';
import { chooseEngine } from '../../../engine/choose.ts';
import type { Surroundings } from '../hosting/host.ts';
import type { Port } from '../hosting/relay.ts';
import { serveSession } from '../hosting/serve.ts';
import { Session } from '../session/session.ts';

/** The worker's own side; the compiler knows pages alone. */
interface WorkerScope {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

// What is asked before the engine is there waits.
const waiting: unknown[] = [];
scope.onmessage = ({ data }) => waiting.push(data);

const port: Port = {
  post: (message, transfer) => scope.postMessage(message, transfer),
  listen: (listener) => {
    scope.onmessage = ({ data }) => listener(data as never);
    for (const data of waiting.splice(0)) listener(data as never);
  },
};

const surroundings: Surroundings = {
  media: async () => {
    throw new UnsupportedError(
      'media',
      'a page cannot open the paths of a column; tammes studio can.',
    );
  },
};

serveSession(port, new Session(await chooseEngine('wasm')), surroundings);
