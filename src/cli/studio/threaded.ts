import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Port, RelayedSession } from '../../apps/studio/hosting/relay.ts';
import type { RemoteSession } from '../../apps/studio/hosting/requests.ts';
import { AbortedError, TammesError } from '../../core/errors.ts';
import { knownSecrets } from '../../io/addresses.ts';
import type { SessionFlags, ThreadData, ThreadStart } from './flags.ts';
import { requireFolder } from './media.ts';

export interface ThreadedSession {
  readonly session: RemoteSession;
  readonly end: () => Promise<void>;
}

/** Opens the files in a thread of their own; a file that can't be read is refused in its sentence. */
export async function threadedSession(
  files: readonly string[],
  flags: SessionFlags,
  signal: AbortSignal,
): Promise<ThreadedSession> {
  await requireFolder(flags.media);
  // Functions can't go to a thread, and the flags of the command line have none.
  const workerData: ThreadData = { files, flags: { ...flags }, secrets: knownSecrets() };
  const stdin = files.includes('-');
  const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData, stdin });
  if (stdin && worker.stdin) process.stdin.pipe(worker.stdin);
  const end = async () => {
    await worker.terminate();
  };
  try {
    const [start] = (await once(worker, 'message', { signal })) as [ThreadStart];
    if ('sentence' in start) throw new TammesError(start.code, start.sentence);
  } catch (cause) {
    await end();
    throw signal.aborted ? new AbortedError('studio') : cause;
  }
  const port: Port = {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen: (listener) => worker.on('message', (message) => listener(message as never)),
  };
  const session = new RelayedSession(port);
  const lose = (why: string) =>
    session.lose(`the session ended (${why}); start tammes studio again.`);
  worker.on('error', (cause) => lose(cause.message));
  worker.on('exit', (code) => lose(`exit code ${code}`));
  return { session, end };
}
