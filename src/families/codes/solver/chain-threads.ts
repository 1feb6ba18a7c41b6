import { startChains } from '#start-chains';
import { canShareMemory, processorCount } from '#threads';
import { InternalError } from '../../../core/errors.ts';
import type { Run } from '../../../core/run.ts';
import {
  BEGAN,
  CHAIN,
  CONTROL_WORDS,
  DIAMETER,
  FINISHED,
  NEXT,
  POINTS,
  STARTED,
  STOP,
  sharedCounter,
} from './chain-worker.ts';
import { type BestPacking, better, type ChainTask, runChains } from './chains.ts';
import { Watch } from './watch.ts';

interface ThreadOptions {
  readonly threads?: number | undefined;
  readonly end?: number;
  /** Looks at the points of the calling thread. */
  readonly onState?: ((points: Float64Array) => void) | undefined;
}

/**
 * Runs the chains on `threads` threads, the calling one among them, until `end` on the clock; the
 * result does not depend on how many.
 */
export async function runChainsOnThreads(
  task: ChainTask,
  { threads = processorCount(), end = Infinity, onState }: ThreadOptions,
  run?: Run,
): Promise<BestPacking> {
  const { n, d } = task.problem;
  const control = new Int32Array(shared(4 * CONTROL_WORDS));
  const counter = sharedCounter(control, task.chains);
  const workers: { result: Float64Array; end: () => Promise<void> }[] = [];
  let hasFailed = false;
  const helpers = canShareMemory ? Math.min(threads, task.chains) - 1 : 0;
  for (let t = 0; t < helpers; t++) {
    const result = new Float64Array(shared(8 * (POINTS + n * d)));
    // A thread that never began has taken no chain: the others do the work.
    const thread = startChains({ task, control, result }, () => {
      hasFailed ||= result[BEGAN] === 1;
    });
    if (!thread) break;
    workers.push({ result, end: () => thread.end() });
  }
  const start = performance.now();
  const timeIsUp = (): boolean => {
    if (performance.now() >= end) Atomics.store(control, STOP, 1);
    return counter.timeIsUp();
  };
  const watch = new Watch(run, timeIsUp);
  watch.onState = onState;
  const next = (): number => {
    const taken = Atomics.load(control, NEXT);
    watch.done = end < Infinity ? (performance.now() - start) / (end - start) : taken / task.chains;
    // The first chain always runs, so that there is a result.
    return taken > 0 && timeIsUp() ? -1 : counter.next();
  };
  try {
    let best = await runChains(task, { next, timeIsUp }, watch);
    while (Atomics.load(control, FINISHED) < Atomics.load(control, STARTED)) {
      if (hasFailed) throw new InternalError('max-min', 'A thread ended in the middle of a chain.');
      timeIsUp();
      await watch.pause();
      await new Promise((done) => setTimeout(done, 2));
    }
    for (const { result } of workers) {
      if (result[CHAIN] > 0) {
        const points = result.slice(POINTS);
        best = better(best, { diameter: result[DIAMETER], chain: result[CHAIN] - 1, points });
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
