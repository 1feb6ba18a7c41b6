import type { Matrix } from '../core/matrix.ts';
import type { Engine } from '../engine/engine.ts';
import type { Packed } from '../io/packed.ts';
import type { ObjectStore, ShardDType } from '../io/sharded/index.ts';
import type { Output } from './output.ts';
import type { Json, Task } from './task.ts';

/** A shard as settings of a task name it: by its content, so that tasks stay done when the table grows. */
export interface ShardRef {
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly cols: number;
  readonly dtype: ShardDType;
}

/** What a task costs, known before it runs. */
export interface Cost {
  /** Multiplications. */
  readonly products: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** All that an operation may touch. */
export interface TaskContext {
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
  /** Where the shards lie; an operation may create objects there whose names say what is in them. */
  readonly table: ObjectStore;
  /** Where the outputs lie, and the shards of a table that the work makes. */
  readonly work: ObjectStore;
  /** All rows of a shard, held to its SHA-256. */
  rowsOf(shard: ShardRef): Promise<Matrix<Float32Array>>;
  /** How many inputs there are. */
  readonly inputs: number;
  /** The output of the i-th input. */
  input(i: number): Promise<Packed>;
}

/** A kind of task: its output is a function of its settings and its inputs alone. */
export interface Operation<S = never> {
  readonly id: string;
  /** Counts the changes of its output. */
  readonly version: number;
  run(settings: S, context: TaskContext): Promise<Output>;
  cost(settings: S): Cost;
}

/** A task of an operation. */
export function taskOf<S>(
  { id, version }: Operation<S>,
  engine: Task['engine'],
  settings: S,
  inputs: readonly string[] = [],
): Task {
  return { operation: id, version, engine, settings: settings as Json, inputs };
}
