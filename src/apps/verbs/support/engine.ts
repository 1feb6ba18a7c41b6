import type { Matrix } from '../../../core/matrix.ts';
import { chooseEngine, defaultEngine } from '../../../engine/choose.ts';
import type { Engine, EngineName } from '../../../engine/engine.ts';

/** Where a verb computes. */
export interface EngineOptions {
  /** `auto`: the fastest for float32 points, `reference` for float64. An engine object is used as it is. */
  readonly engine?: 'auto' | EngineName | Engine | undefined;
  /** Threads of the engine; default: one per processor. Results do not depend on it. */
  readonly threads?: number | undefined;
}

/** Runs `work` on the engine asked for; ends an engine that was started for it. */
export async function onEngine<T>(
  points: Matrix,
  { engine = 'auto', threads }: EngineOptions,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  if (typeof engine === 'object') return work(engine);
  if (engine === 'auto' && threads === undefined) return work(await defaultEngine(points));
  const wide = points.data instanceof Float64Array;
  const chosen = await chooseEngine(engine === 'auto' && wide ? 'reference' : engine, { threads });
  try {
    return await work(chosen);
  } finally {
    await chosen.dispose();
  }
}
