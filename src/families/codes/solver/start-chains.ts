import { Worker } from 'node:worker_threads';
import type { Thread } from '#threads';
import type { ChainWork } from './chain-worker.ts';

/** A thread that works on the chains, or undefined where its module has no address, as in a CommonJS bundle. */
export function startChains(work: ChainWork, onFailure: () => void): Thread | undefined {
  // Threads load the compiled module only.
  if (!import.meta.url?.endsWith('.js')) return undefined;
  const worker = new Worker(new URL('./chain-thread.js', import.meta.url), { workerData: work });
  worker.on('error', onFailure);
  worker.unref();
  return { end: () => worker.terminate().then(() => undefined) };
}
