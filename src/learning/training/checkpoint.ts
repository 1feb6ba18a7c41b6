import { InputError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { decodeDescribed, encodeDescribed, type FileKind, isRecord } from '../../io/described.ts';
import type { NamedTensor } from '../../io/tensors.ts';
import { alsoPlaces, type Place, restoreInto } from '../model/restored.ts';
import type { Parameter } from '../tape/parameter.ts';
import { modelPlaces, type Trained, type TrainingState } from './state.ts';

const KIND: FileKind = { format: 'tammes-checkpoint', version: 1, title: 'checkpoint' };

/** A checkpoint that was read, to be given back piece by piece as the pieces are met. */
export interface Checkpoint {
  readonly name: string;
  readonly step: number;
  readonly seed: number;
  readonly engine: string;
  /** The update rule of each parameter. */
  readonly updates: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

/**
 * The bytes of a checkpoint: a safetensors file with the parameters, what the update rules remember, what else
 * training changes, the losses so far, and step, seed and rules in its metadata. The same training gives the same
 * bytes, whichever of its steps it was resumed at.
 */
export function encodeCheckpoint(
  state: TrainingState,
  engine: string,
  conditions?: Readonly<Record<string, string>>,
): Uint8Array {
  const { step, seed, trained } = state;
  const names = [...trained.keys()].toSorted();
  const updates = Object.fromEntries(names.map((name) => [name, trained.get(name)?.update.name]));
  return encodeDescribed(KIND, { step, seed, engine, updates, conditions }, tensorsOf(state));
}

function tensorsOf(state: TrainingState): readonly NamedTensor[] {
  const { losses, reports, heldOut, best } = state;
  const places = new Map(modelPlaces(state));
  for (const [name, data] of best) {
    places.set(`best/${name}`, { shape: places.get(name)?.shape ?? [data.length], data });
  }
  for (const one of state.trained.values()) {
    for (const [name, place] of updatePlaces(one)) places.set(name, place);
  }
  places.set('losses', series(losses));
  for (const [name, values] of reports) places.set(`reports/${name}`, series(values));
  if (heldOut.length > 0) {
    const data = Float64Array.from(heldOut.flatMap(({ step, value }) => [step, value]));
    places.set('held-out', { shape: [heldOut.length, 2], data });
  }
  // The order in which parameters are met may differ where a run was resumed.
  return Array.from(places, ([name, { shape, data }]) => ({ name, shape, data })).toSorted(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
}

const copyOf = ({ data }: Place): Floats => data.slice();

const series = (values: readonly number[]): Place => ({
  shape: [values.length],
  data: Float64Array.from(values),
});

function updatePlaces({ parameter, state }: Trained): Map<string, Place> {
  return new Map(
    Object.entries(state).map(([key, data]) => [
      `updates/${parameter.name}/${key}`,
      { shape: [data.length], data },
    ]),
  );
}

/** The checkpoint in a store; undefined where there is none yet. */
export async function loadCheckpoint(store: ByteStore): Promise<Checkpoint | undefined> {
  const bytes = await store.load();
  if (!bytes) return undefined;
  const { fields, tensors } = await decodeDescribed(bytes, store.name, KIND);
  const { step, seed, engine, updates, conditions = {} } = fields;
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value);
  const isNamed = typeof seed === 'number' && typeof engine === 'string';
  if (!isCount(step) || !isNamed || !isWords(updates) || !isWords(conditions))
    throw new InputError(store.name, 'the description of the checkpoint is damaged.');
  return { name: store.name, step, seed, engine, updates, conditions, tensors };
}

const isWords = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && Object.values(value).every((word) => typeof word === 'string');

/** Refuses to go on with other data or another loss than the steps so far had. */
export function requireConditions(
  { name, conditions: then }: Checkpoint,
  now: Readonly<Record<string, string>> = {},
): void {
  const changed = Object.keys({ ...then, ...now }).find((key) => then[key] !== now[key]);
  if (changed === undefined) return;
  const [before, here] = [then[changed] ?? 'not known', now[changed] ?? 'not given'];
  throw new InputError(
    name,
    `${changed} of the checkpoint is ${before}, and here ${here}; go on as it began, or leave out resume (--resume) to begin anew.`,
  );
}

/** Takes over step, losses, reports, held-out values and `also`; parameters follow as they are met. */
export function restoreState(state: TrainingState, { name, step, tensors }: Checkpoint): void {
  state.step = step;
  const losses = tensors.get('losses');
  if (losses?.data.length !== step)
    throw new InputError(name, `the checkpoint of step ${step} has not as many losses.`);
  for (const loss of losses.data) state.losses.push(loss);
  for (const [key, tensor] of tensors) {
    const [kind, rest] = [key.split('/', 1)[0], key.slice(key.indexOf('/') + 1)];
    if (kind === 'reports') state.reports.set(rest, [...tensor.data]);
    if (kind !== 'best') continue;
    state.best.set(rest, copyOf(tensor));
    restoreInto(name, tensors, rest, { ...tensor, data: copyOf(tensor) });
  }
  const { shape: [, pair] = [], data = [] } = tensors.get('held-out') ?? {};
  if (data.length > 0 && pair !== 2)
    throw new InputError(name, 'the held-out values are no pairs of a step and a value.');
  for (let i = 0; i < data.length; i += 2)
    state.heldOut.push({ step: data[i], value: data[i + 1] });
  for (const [key, place] of alsoPlaces(state.also)) restoreInto(name, tensors, key, place);
  requireAllKnown(
    name,
    tensors,
    'also/',
    new Set(alsoPlaces(state.also).keys()),
    '`also` does not have',
  );
}

/** Gives a parameter and its update rule what they had. */
export function restoreParameter({ name, updates, tensors }: Checkpoint, one: Trained): void {
  const { parameter, update } = one;
  restoreInto(name, tensors, `parameters/${parameter.name}`, parameter);
  if (updates[parameter.name] !== update.name)
    throw new InputError(
      name,
      `the parameter ${parameter.name} was moved by ${updates[parameter.name]}; here it is ${update.name}.`,
    );
  const places = updatePlaces(one);
  for (const [key, place] of places) restoreInto(name, tensors, key, place);
  const own = [...tensors.keys()].filter((key) => isStateOf(parameter, key));
  const odd = own.find((key) => !places.has(key));
  if (odd)
    throw new InputError(
      name,
      `the checkpoint has the tensor ${odd}, which ${update.name} does not remember with the settings it has here.`,
    );
}

const isStateOf = ({ name }: Parameter, key: string) =>
  key.startsWith(`updates/${name}/`) && !key.slice(`updates/${name}/`.length).includes('/');

/** Refuses a checkpoint with parameters that the loss does not reach. */
export function requireAllRestored(
  { name, tensors }: Checkpoint,
  parameters: readonly Parameter[],
): void {
  const known = new Set(parameters.map((parameter) => `parameters/${parameter.name}`));
  requireAllKnown(name, tensors, 'parameters/', known, 'neither the loss nor `parameters` has');
}

function requireAllKnown(
  file: string,
  tensors: ReadonlyMap<string, NamedTensor>,
  prefix: string,
  known: ReadonlySet<string>,
  where: string,
): void {
  const odd = [...tensors.keys()].find((key) => key.startsWith(prefix) && !known.has(key));
  if (odd) throw new InputError(file, `the checkpoint has the tensor ${odd}, which ${where} here.`);
}
