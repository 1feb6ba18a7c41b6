import { UnsupportedError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Engine, EngineName } from './engine.ts';
import { createNativeEngine, nativeInstructionSets } from './native/engine.ts';
import { referenceEngine } from './reference.ts';
import { createWasmEngine } from './wasm/engine.ts';

export interface EngineOptions {
  /** Threads to compute with, the calling one included; default: one per processor. */
  readonly threads?: number | undefined;
}

/** The fastest engine there is here for float32 points. */
function fastest(threads?: number): Promise<Engine> {
  return nativeInstructionSets().length > 0
    ? createNativeEngine(threads)
    : createWasmEngine(threads);
}

/**
 * A new engine by name, to be disposed of by the caller; `auto` is the fastest there is here for
 * float32 points. An engine that cannot run here is an error, never another engine.
 */
export async function chooseEngine(
  name: 'auto' | EngineName,
  options: EngineOptions = {},
): Promise<Engine> {
  switch (name) {
    case 'auto':
      return fastest(options.threads);
    case 'native':
      return createNativeEngine(options.threads);
    case 'wasm':
      return createWasmEngine(options.threads);
    case 'reference':
      return referenceEngine;
    default:
      throw new UnsupportedError(
        'engine',
        `there is no engine "${name}" here; there are "reference", "wasm" and "native".`,
      );
  }
}

let shared: Promise<Engine> | undefined;

/**
 * The engine used when none is named: the fastest for float32 points, `reference` for float64. One
 * engine serves all callers; its threads start with the first long operation and do not keep a process alive.
 */
export function defaultEngine(points: Matrix): Promise<Engine> {
  if (points.data instanceof Float64Array) return Promise.resolve(referenceEngine);
  shared ??= fastest().then((engine) => ({
    ...engine,
    dispose: () => {
      shared = undefined;
      return engine.dispose();
    },
  }));
  return shared;
}
