import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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

const PLATFORM = `${process.platform}-${process.arch}`;

let loaded: Addon | Error | undefined;

/** The addon, or why there is none. */
export function loadAddon(): Addon | Error {
  loaded ??= load();
  return loaded;
}

/**
 * The addon that was compiled in this repository, else that of the package `tammes-native-PLATFORM`. Their names
 * are made up at run time, so that no bundler looks for them; a bundle has neither.
 */
function load(): Addon | Error {
  try {
    // Bundles in CommonJS have no address of their own.
    const here: string | undefined = import.meta.url;
    if (!here) return new Error('a bundle has none');
    const require = createRequire(here);
    const compiled = join(dirname(fileURLToPath(here)), FROM_HERE, `${PLATFORM}.node`);
    if (existsSync(compiled)) return require(compiled) as Addon;
    return prebuilt(require);
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** build/native, where scripts/build-native.mjs puts it, seen from this folder in src/ and in dist/. */
const FROM_HERE = '../../../build/native';

function prebuilt(require: NodeJS.Require): Addon | Error {
  try {
    return require(`tammes-native-${PLATFORM}`) as Addon;
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw cause;
    return new Error('it has not been compiled or installed; see docs/native-engine.md');
  }
}
