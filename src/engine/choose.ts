import { UnsupportedError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Engine, EngineName } from './engine.ts';
import { referenceEngine } from './reference.ts';

export interface EngineOptions {
  /** Threads to compute with, the calling one included; default: one per processor. */
  readonly threads?: number | undefined;
}

/** The engine by name; `auto` is the fastest there is here. Never falls back silently. */
export function chooseEngine(
  name: 'auto' | EngineName,
  _options: EngineOptions = {},
): Promise<Engine> {
  if (name === 'reference' || name === 'auto') return Promise.resolve(referenceEngine);
  const error = new UnsupportedError('engine', `there is no engine "${name}" here.`);
  return Promise.reject(error);
}

/** The engine used when none is named: `wasm` for float32 points, `reference` for float64. */
export function defaultEngine(_points: Matrix): Promise<Engine> {
  return Promise.resolve(referenceEngine);
}
