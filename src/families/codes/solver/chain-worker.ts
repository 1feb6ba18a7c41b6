import { type ChainTask, runChains } from './chains.ts';

/** Words of the control block that the threads share. */
export const NEXT = 0;
export const STOP = 1;
/** Threads that are done. */
export const FINISHED = 2;
export const CONTROL_WORDS = 3;

/** What a worker gets: its task, the control block, and where its best packing goes. */
export interface ChainWork {
  readonly task: ChainTask;
  readonly control: Int32Array;
  /** diameter, chain + 1, then n × d points; the second is 0 where no chain was run. */
  readonly result: Float64Array;
}

/** The counter of a shared control block. */
export function sharedCounter(control: Int32Array, chains: number) {
  return {
    next(): number {
      if (Atomics.load(control, STOP)) return -1;
      const chain = Atomics.add(control, NEXT, 1);
      return chain < chains ? chain : -1;
    },
    timeIsUp: () => Atomics.load(control, STOP) !== 0,
  };
}

/** What a worker thread runs. */
export async function serve({ task, control, result }: ChainWork): Promise<void> {
  const best = await runChains(task, sharedCounter(control, task.chains));
  if (best) {
    result.set([best.diameter, best.chain + 1]);
    result.set(best.points, 2);
  }
  Atomics.add(control, FINISHED, 1);
}
