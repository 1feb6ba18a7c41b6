import { sha256 } from '../core/sha256.ts';
import type { EngineName } from '../engine/engine.ts';

/** What JSON can say; a field that is undefined is as good as none. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * A piece of work with one output, which depends on nothing but what stands here: the operation, its settings, the
 * outputs of other tasks it reads, and the engine that computes. Two equal tasks have equal outputs, bit for bit.
 */
export interface Task {
  /** Id of an operation. */
  readonly operation: string;
  /** The operation's version: a change of its output changes it. */
  readonly version: number;
  readonly engine: EngineName;
  readonly settings: Json;
  /** Names of the tasks whose outputs are read, in an order that counts. */
  readonly inputs: readonly string[];
}

/** The name of a task: SHA-256 of all that its output depends on. Its output lies under it. */
export function taskName(task: Task): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(task as unknown as Json)));
}

/** Key of a task's output in the store of the work. */
export const outputKey = (name: string): string => `work/outputs/${name}`;

/** JSON whose fields stand in the order of their names, so that equal values are equal texts. */
function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, own]) => own !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => `${JSON.stringify(name)}:${canonical(own)}`);
  return `{${fields.join(',')}}`;
}
