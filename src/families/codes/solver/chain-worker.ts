import { type ChainTask, runChains } from './chains.ts';

/** Words of the control block that the threads share. */
export const NEXT = 0;
export const STOP = 1;
/** Threads that began, and threads that are done. */
export const STARTED = 2;
export const FINISHED = 3;
export const CONTROL_WORDS = 4;

/** Where a result says that its thread began; its best packing follows. */
export const BEGAN = 0;
export const DIAMETER = 1;
export const CHAIN = 2;
export const POINTS = 3;

/** What a worker gets: its task, the control block, and where its best packing goes. */
export interface ChainWork {
  readonly task: ChainTask;
  readonly control: Int32Array;
  /** 1 once the thread runs, diameter, chain + 1, then n × d points; the third is 0 where no chain was run. */
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
  result[BEGAN] = 1;
  Atomics.add(control, STARTED, 1);
  const best = await runChains(task, sharedCounter(control, task.chains));
  if (best) {
    result[DIAMETER] = best.diameter;
    result[CHAIN] = best.chain + 1;
    result.set(best.points, POINTS);
  }
  Atomics.add(control, FINISHED, 1);
}
