import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** An engine of the addon: its threads and the kernels of one instruction set. */
export type Handle = object & { readonly brand: unique symbol };

/** What src/engine/native/addon.cc exports. Arrays are used in place; nobody may touch them meanwhile. */
export interface Addon {
  /** Instruction sets that this processor can run, best first. */
  instructionSets(): string[];
  create(threads: number, instructionSet: string): Handle;
  /** Names of the kernels, in the order of their numbers. */
  kernels(engine: Handle): string[];
  /** Done when it returns; `sharing`: with all threads. */
  run(
    engine: Handle,
    kernel: number,
    numbers: Float64Array,
    sharing: boolean,
    ...arrays: ArrayBufferView[]
  ): void;
  /** Calls `told` with false now and then, and with true when the job is over. */
  start(
    engine: Handle,
    kernel: number,
    numbers: Float64Array,
    told: (over: boolean) => void,
    ...arrays: ArrayBufferView[]
  ): void;
  /** No further task of the running job is begun. */
  stop(engine: Handle): void;
  /** Share of the running job's tasks that are finished. */
  done(engine: Handle): number;
  /** Ends the threads. */
  end(engine: Handle): void;
}

/** Where scripts/build-native.mjs puts it, seen from src/ and from dist/. */
const PATH = `../../../build/native/${process.platform}-${process.arch}.node`;

let loaded: Addon | Error | undefined;

/** The addon, or why there is none. */
export function loadAddon(): Addon | Error {
  loaded ??= load();
  return loaded;
}

function load(): Addon | Error {
  const file = fileURLToPath(new URL(PATH, import.meta.url));
  if (!existsSync(file)) return new Error('it has not been compiled; see docs/native-engine.md');
  try {
    return createRequire(import.meta.url)(file) as Addon;
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}
