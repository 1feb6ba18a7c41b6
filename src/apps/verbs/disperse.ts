import type { Matrix } from '../../core/matrix.ts';
import { VERSION } from '../../core/version.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { OptimizerResult } from '../../families/optimizers/index.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import type { OptionsOf } from '../../method/options.ts';
import {
  type DisperseOptions,
  type disperseOptions,
  settledDisperse,
} from './disperse-settings.ts';
import { type DisperseRun, dispersionOf } from './dispersion.ts';
import { predictedTime } from './predicted-time.ts';
import { onEngine } from './support/engine.ts';

export {
  DEFAULT_OBJECTIVE,
  type DisperseOptions,
  disperseOptions,
  settledDisperse,
} from './disperse-settings.ts';
export type { DisperseRun } from './dispersion.ts';

/** Everything that fixes a run but its input. */
export interface DisperseRecipe {
  readonly tammes: string;
  readonly verb: 'disperse';
  readonly objective: string;
  readonly options: OptionsOf<typeof disperseOptions>;
  readonly optimizerOptions: Readonly<Record<string, unknown>>;
  /** The column of the classes, where one was named. */
  readonly classes?: string | undefined;
  readonly engine: EngineName;
}

export interface DisperseResult
  extends Pick<
    OptimizerResult,
    'points' | 'history' | 'loss' | 'stop' | 'stepsPerSecond' | 'update'
  > {
  /** The rows before the first step: unit, duplicates parted; n × d. */
  readonly start: Matrix;
  /** The length each row of the input had. */
  readonly norms: Float64Array;
  readonly objective: string;
  readonly optimizer: string;
  readonly steps: number;
  readonly seconds: number;
  /** Exact copies of earlier rows that were parted before the first step. */
  readonly parted: number;
  readonly engine: EngineName;
  readonly recipe: DisperseRecipe;
}

/**
 * Spreads n × d points on the unit sphere: minimises an objective by Riemannian steps from where the
 * rows are. Rows are scaled to unit length first; the lengths they had come back as `norms`.
 *
 * @example const { points } = await disperse(await read('vectors.npy'), { keep: 0.97 });
 */
export async function disperse(
  input: GivenTable,
  options: DisperseOptions = {},
  run: DisperseRun = {},
): Promise<DisperseResult> {
  const began = performance.now();
  const { engine, threads, optimizerOptions = {}, classes: column } = options;
  settledDisperse(options);
  const table = givenTable('disperse', input);
  const { dispersion, result } = await onEngine(table.points, { engine, threads }, async (own) => {
    const dispersion = await dispersionOf(table, options, { ...run, engine: own });
    if (run.onPredicted) await run.onPredicted(await predictedTime(dispersion));
    return { dispersion, result: await dispersion.descend(run) };
  });
  const { start, norms, parted, expression, settled } = dispersion;
  const { points, history, loss, stop, stepsPerSecond, iterations } = result;
  return {
    points,
    start,
    norms,
    objective: expression,
    optimizer: settled.optimizer,
    update: result.update,
    steps: iterations,
    stepsPerSecond,
    seconds: (performance.now() - began) / 1000,
    loss,
    history,
    stop,
    parted,
    engine: result.engine,
    recipe: {
      tammes: VERSION,
      verb: 'disperse',
      objective: expression,
      options: settled,
      optimizerOptions,
      ...(column !== undefined && { classes: column }),
      engine: result.engine,
    },
  };
}
