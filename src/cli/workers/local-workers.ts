import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueueAddress } from './queue/address.ts';

/** Workers that were started beside a run. */
export interface LocalWorkers {
  end(): Promise<void>;
}

/** Starts so many worker processes on this machine, of one thread each; one that ends is started again. */
export function localWorkers({ url, queue }: QueueAddress, count: number): LocalWorkers {
  const program = fileURLToPath(new URL('../../../bin/tammes.js', import.meta.url));
  // A list of processes shows the words of a command to everyone, but not its variables.
  const address = new URL(url);
  address.searchParams.set('queue', queue);
  const env = { ...process.env, TAMMES_QUEUE: address.href };
  const args = [program, 'worker', '--queue', '--threads', '1', '--quiet'];
  let ended = false;
  const running = new Set<ReturnType<typeof spawn>>();
  const start = (i: number): void => {
    const name = `${process.pid}-${i + 1}`;
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    const child = spawn(process.execPath, [...args, '--name', name], { env, stdio: [...stdio] });
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      // Not at once: what ends each time must not take the machine.
      if (!ended) setTimeout(() => ended || start(i), 1000).unref();
    });
  };
  for (let i = 0; i < count; i++) start(i);
  return {
    async end() {
      ended = true;
      const all = [...running];
      for (const child of all) child.kill('SIGTERM');
      await Promise.all(all.map((child) => once(child, 'exit')));
    },
  };
}
