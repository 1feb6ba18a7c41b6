import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AbortedError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { VERSION } from '../../core/version.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { Repeat, Study } from '../../studies/index.ts';
import { removeFile, writeBytes } from '../files.ts';
import { say } from '../terminal.ts';
import { buildStamp } from './places.ts';

interface Resumable {
  readonly path: string;
  /** What the repeats belong to. */
  readonly key: string;
  /** The command that goes on. */
  readonly command: string;
}

interface Setting {
  readonly quick: boolean;
  readonly engine: EngineName;
  readonly data: string | undefined;
}

/** Another study, another form, another build, another engine or other data have another key. */
export async function stateKey(study: Study, { quick, engine, data }: Setting): Promise<string> {
  const build = await readFile(buildStamp, 'utf8').catch(() => VERSION);
  const { run, ...header } = study;
  const form = quick ? 'quick' : 'full';
  const parts = [build, JSON.stringify(header), String(run), form, engine, data ?? ''];
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

interface State {
  readonly key: string;
  readonly repeats: readonly Repeat[];
}

/**
 * Runs `work` from the repeats that a stopped run left, keeps those it finishes, and removes them in
 * the end. When stopped it says how to go on.
 */
export async function resumable<T>(
  { path, key, command }: Resumable,
  work: (kept: {
    readonly finished: readonly Repeat[];
    readonly onRepeat: (repeats: readonly Repeat[]) => Promise<void>;
  }) => Promise<T>,
): Promise<T> {
  let finished = await keptRepeats(path, key);
  await mkdir(dirname(path), { recursive: true });
  const onRepeat = async (repeats: readonly Repeat[]): Promise<void> => {
    finished = repeats;
    const state: State = { key, repeats };
    await writeBytes(path, JSON.stringify(state));
  };
  try {
    const result = await work({ finished, onRepeat });
    await removeFile(path);
    return result;
  } catch (error) {
    if (error instanceof AbortedError) {
      say(`Stopped after ${counted(finished.length, 'seed')}. To go on:\n  ${command}`);
    }
    throw error;
  }
}

/** None where there is no state, or where it is another's. */
async function keptRepeats(path: string, key: string): Promise<readonly Repeat[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  try {
    const { key: own, repeats } = JSON.parse(text) as State;
    return own === key ? repeats : [];
  } catch {
    return [];
  }
}
