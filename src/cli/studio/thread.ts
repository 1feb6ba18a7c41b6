// The thread in which the session lives: the server answers while it computes.
import { parentPort, workerData } from 'node:worker_threads';
import type { Port } from '../../apps/studio/hosting/relay.ts';
import { serveSession } from '../../apps/studio/hosting/serve.ts';
import { errorPacket } from '../../apps/studio/session/error-packet.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { learnSecrets } from '../../io/addresses.ts';
import type { ThreadData, ThreadStart } from './flags.ts';
import { openedSession, surroundingsOf } from './session.ts';

const { files, flags, secrets } = workerData as ThreadData;
learnSecrets(secrets);

const port: Port = {
  post: (message, transfer) => parentPort?.postMessage(message, [...transfer]),
  listen: (listener) => parentPort?.on('message', (message) => listener(message as never)),
};

try {
  const engine = await chooseEngine(flags.engine, { threads: flags.threads });
  serveSession(port, await openedSession(engine, files, flags), surroundingsOf(files, flags));
  port.post({ ready: true } satisfies ThreadStart, []);
} catch (cause) {
  const { code, sentence } = errorPacket(cause);
  port.post({ code, sentence } satisfies ThreadStart, []);
}
