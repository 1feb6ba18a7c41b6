import type { Engine } from '../engine/engine.ts';
import type { Packed } from '../io/packed.ts';
import { type ObjectStore, readShard } from '../io/sharded/index.ts';
import type { TaskContext } from './operation.ts';
import { operationOf } from './operations/index.ts';
import { openOutput, storeOutput } from './output.ts';
import { outputKey, type Task, taskName } from './task.ts';

/** Where a task runs. */
export interface Surroundings {
  /** Where the shards lie. */
  readonly table: ObjectStore;
  /** Where the outputs lie. */
  readonly work: ObjectStore;
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/** How a task ended. */
export interface TaskDone {
  readonly name: string;
  /** Seconds of computing; 0 where the output was there. */
  readonly seconds: number;
}

/**
 * Computes a task and stores its output, unless it is there already. Whoever runs a task twice, or at the same time as
 * another, stores the same bytes; the first that is whole stays.
 */
export async function runTask(task: Task, surroundings: Surroundings): Promise<TaskDone> {
  const name = await taskName(task);
  const { table, work, engine, signal } = surroundings;
  if ((await work.size(outputKey(name))) !== undefined) return { name, seconds: 0 };
  const began = performance.now();
  const opened: Packed[] = [];
  const context: TaskContext = {
    table,
    work,
    engine,
    signal,
    rowsOf: (shard) => readShard(table, shard, shard.cols, shard.dtype),
    inputs: task.inputs.length,
    async input(i) {
      const output = await openOutput(work, task.inputs[i]);
      opened.push(output);
      return output;
    },
  };
  try {
    const output = await operationOf(task).run(task.settings as never, context);
    signal?.throwIfAborted();
    await storeOutput(work, name, output);
  } catch (cause) {
    // Who stored the output meanwhile may have removed what it is made of.
    if (signal?.aborted || (await work.size(outputKey(name))) === undefined) throw cause;
  } finally {
    for (const output of opened) await output.close();
  }
  return { name, seconds: (performance.now() - began) / 1000 };
}
