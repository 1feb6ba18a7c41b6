import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../apps/verbs/checkpoint.ts';
import type { DisperseOptions, DisperseRun } from '../../apps/verbs/disperse.ts';
import { AbortedError, InputError } from '../../core/errors.ts';
import type { OptimizerState } from '../../families/optimizers/index.ts';
import { readBytes, writeBytes } from '../files.ts';
import { say } from '../terminal.ts';

/** Seconds between checkpoints of a run that is not stopped. */
const INTERVAL = 60;

interface Context {
  readonly inputHash: string;
  readonly options: DisperseOptions;
}

/** The state and the options of a stopped run; refuses the checkpoint of another input. */
export async function readCheckpoint(
  path: string,
  inputHash: string,
): Promise<{ readonly state: OptimizerState; readonly options: DisperseOptions }> {
  const { state, context } = decodeCheckpoint(await readBytes(path), path);
  const { inputHash: expected, options } = context as unknown as Context;
  if (expected !== inputHash) {
    throw new InputError(path, 'belongs to another input: the vectors differ.');
  }
  return { state, options };
}

/**
 * Runs `work` with checkpoints: one every minute and one when it is stopped, which also says how to
 * go on.
 */
export async function withCheckpoints<T>(
  path: string,
  { inputHash, options }: Context,
  resumeCommand: string,
  work: (run: Pick<DisperseRun, 'onCheckpoint'>) => Promise<T>,
): Promise<T> {
  let latest: (() => OptimizerState) | undefined;
  let writtenAt = performance.now();
  let writing: Promise<void> = Promise.resolve();
  const save = (state: OptimizerState): Promise<void> => {
    const checkpoint: Checkpoint = { state, context: { inputHash, options } };
    return writeBytes(path, encodeCheckpoint(checkpoint));
  };
  const onCheckpoint = (_step: number, state: () => OptimizerState): void => {
    latest = state;
    if (performance.now() - writtenAt < INTERVAL * 1000) return;
    writtenAt = performance.now();
    const copy = state();
    writing = writing.then(() => save(copy));
  };
  try {
    const result = await work({ onCheckpoint });
    await writing;
    return result;
  } catch (error) {
    await writing.catch(() => undefined);
    if (error instanceof AbortedError && latest) {
      const state = latest();
      await save(state);
      say(`Stopped after step ${state.step}. To go on:\n  ${resumeCommand}`);
    }
    throw error;
  }
}
