import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** A thread that runs until it is ended; it does not keep the process alive. */
export interface Thread {
  end(): Promise<void>;
}

/** Whether threads can work on one memory. */
export const canShareMemory = true;

export function processorCount(): number {
  return availableParallelism();
}

/** Whether threads can be started at all; pages may forbid it. */
export function canStartThreads(): Promise<boolean> {
  return Promise.resolve(true);
}

/** Runs `text`, a function expression in plain JavaScript, with `data` on a new thread. */
export function startThread(
  text: string,
  data: unknown,
  onFailure: (error: Error) => void,
): Thread {
  const program = `(${text})(require('node:worker_threads').workerData);`;
  const worker = new Worker(program, { eval: true, workerData: data });
  worker.on('error', onFailure);
  worker.unref();
  return { end: () => worker.terminate().then(() => undefined) };
}
