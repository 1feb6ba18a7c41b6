import { canShareMemory, processorCount, startThread } from '#threads';
import { InternalError } from '../../../core/errors.ts';
import type { Run } from '../../../core/run.ts';
import { CONTROL_WORDS, FINISHED, NEXT, STOP, sharedCounter } from './chain-worker.ts';
import { type BestPacking, better, type ChainTask, runChains } from './chains.ts';
import { Watch } from './watch.ts';

/** Threads load this module by its address, which only the compiled one has. */
const WORKER = new URL('./chain-worker.js', import.meta.url).href;
const canStart = canShareMemory && import.meta.url.endsWith('.js');

/**
 * Runs the chains on `threads` threads, the calling one among them, until `end` on the clock; the
 * result does not depend on how many.
 */
export async function runChainsOnThreads(
  task: ChainTask,
  { threads = processorCount(), end = Infinity }: { threads?: number | undefined; end?: number },
  run?: Run,
): Promise<BestPacking> {
  const { n, d } = task.problem;
  const control = new Int32Array(shared(4 * CONTROL_WORDS));
  const counter = sharedCounter(control, task.chains);
  const workers: { result: Float64Array; end: () => Promise<void> }[] = [];
  let failure: Error | undefined;
  const helpers = canStart ? Math.min(threads, task.chains) - 1 : 0;
  for (let t = 0; t < helpers; t++) {
    const result = new Float64Array(shared(8 * (2 + n * d)));
    const data = { url: WORKER, work: { task, control, result } };
    const text = '({ url, work }) => import(url).then((module) => module.serve(work))';
    const thread = startThread(text, data, (error) => {
      failure = error;
    });
    workers.push({ result, end: () => thread.end() });
  }
  const start = performance.now();
  const timeIsUp = (): boolean => {
    if (performance.now() >= end) Atomics.store(control, STOP, 1);
    return counter.timeIsUp();
  };
  const watch = new Watch(run, timeIsUp);
  const next = (): number => {
    const taken = Atomics.load(control, NEXT);
    watch.done = end < Infinity ? (performance.now() - start) / (end - start) : taken / task.chains;
    // The first chain always runs, so that there is a result.
    return taken > 0 && timeIsUp() ? -1 : counter.next();
  };
  try {
    let best = await runChains(task, { next, timeIsUp }, watch);
    while (Atomics.load(control, FINISHED) < helpers) {
      if (failure) throw new InternalError('max-min', `A thread ended: ${failure.message}.`);
      timeIsUp();
      await watch.pause();
      await new Promise((done) => setTimeout(done, 2));
    }
    for (const { result } of workers) {
      const [diameter, number] = result;
      if (number > 0) {
        best = better(best, { diameter, chain: number - 1, points: result.slice(2) });
      }
    }
    if (!best) throw new InternalError('max-min', 'No chain was run.');
    return best;
  } finally {
    Atomics.store(control, STOP, 1);
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

function shared(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return canShareMemory ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
