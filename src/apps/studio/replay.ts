import { InputError } from '../../core/errors.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine } from '../../engine/engine.ts';
import { isRecord } from '../../io/described.ts';
import type { RecipeFile, Step, StudioRecipe } from './contract.ts';
import { Session } from './session/session.ts';
import type { StudioTable } from './session/state.ts';

/** A step that was done again. */
export interface ReplayedStep {
  readonly action: string;
  /** Whether it made the same bytes; undefined where the recipe does not say which. */
  readonly same: boolean | undefined;
}

/** The session that a recipe leads to, and whether each step made what it made then. */
export interface Replayed {
  readonly session: Session;
  readonly steps: readonly ReplayedStep[];
}

/** Does the steps of a recipe on its tables, one after another. */
export async function replay(
  engine: Engine,
  tables: readonly StudioTable[],
  steps: readonly Step[],
  { signal, onProgress }: RunControls = {},
): Promise<Replayed> {
  const session = new Session(engine, tables);
  const replayed: ReplayedStep[] = [];
  for (const [at, { action, parameters, digest }] of steps.entries()) {
    const stage = `${at + 1} of ${steps.length}: ${action}`;
    await session.do(action, parameters, {
      signal,
      send: (packet) => {
        if (packet.kind === 'progress') onProgress?.({ stage, done: packet.done });
      },
    });
    const made = session.recipe().steps.at(-1)?.digest;
    replayed.push({ action, same: digest === undefined ? undefined : made === digest });
  }
  return { session, steps: replayed };
}

/** What was read as a recipe; refuses what is none. */
export function recipeOf(name: string, value: unknown): StudioRecipe {
  if (!isRecord(value)) refuse(name);
  const { tammes, engine, files, steps } = value;
  const isWhole =
    typeof tammes === 'string' &&
    typeof engine === 'string' &&
    Array.isArray(files) &&
    files.every(isFile) &&
    Array.isArray(steps) &&
    steps.every(isStep);
  return isWhole ? { tammes, engine, files, steps } : refuse(name);
}

const isFile = (value: unknown): value is RecipeFile =>
  isRecord(value) &&
  [value['id'], value['name'], value['sha256']].every((item) => typeof item === 'string') &&
  (value['flags'] === undefined || isRecord(value['flags']));

const isStep = (value: unknown): value is Step =>
  isRecord(value) && typeof value['action'] === 'string' && isRecord(value['parameters']);

function refuse(name: string): never {
  throw new InputError(name, 'is not a recipe of tammes studio; the page saves one in History.');
}
