import { InputError, OptionError } from '../../core/errors.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { decodeDescribed, encodeDescribed, type FileKind, isRecord } from '../../io/described.ts';
import type { NamedTensor } from '../../io/tensors.ts';
import type { Parameter } from '../tape/parameter.ts';
import { type Also, alsoPlaces, inWords, type Place, restoreInto } from './restored.ts';

/** What JSON holds, to the last digit. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

export type ModelSettings = Readonly<Record<string, Json>>;

/** Parameters, and what it takes to make the functions that use them again. */
export interface Model {
  /** Names who can make it from its settings: `mlp`. */
  readonly kind: string;
  /** All that its maker is given. */
  readonly settings: ModelSettings;
  readonly parameters: readonly Parameter[];
  /** What training changed besides and using it needs: running statistics. */
  readonly also?: Also | undefined;
}

/** A model as a file has it. */
export interface StoredModel {
  /** The file's name, for messages. */
  readonly name: string;
  readonly kind: string;
  readonly settings: ModelSettings;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** The id of the manifold that rows of a tensor live on, for those that do. */
  readonly manifolds?: ReadonlyMap<string, string> | undefined;
}

const KIND: FileKind = { format: 'tammes-model', version: 1, title: 'model' };

/**
 * The bytes of a model: a safetensors file with each parameter under its name, and the description {format, version,
 * kind, settings, parameters} as JSON in its metadata, under `tammes`.
 */
export function encodeModel(model: Model): Uint8Array {
  const { kind, settings, parameters } = model;
  requireJson('settings', settings);
  const places = placesOf(model);
  const listed = parameters.map(({ name, manifold, ...place }) => [
    name,
    { shape: place.shape, type: inWords(place).split(' ').at(-1), manifold: manifold?.id },
  ]);
  return encodeDescribed(
    KIND,
    { kind, settings, parameters: Object.fromEntries(listed) },
    Array.from(places, ([name, { shape, data }]) => ({ name, shape, data })),
  );
}

/** Reads the bytes of a model; what it needs to be built is in `kind` and `settings`. */
export async function decodeModel(bytes: Uint8Array, name = 'bytes'): Promise<StoredModel> {
  const { fields, tensors } = await decodeDescribed(bytes, name, KIND);
  const { kind, settings } = fields;
  if (typeof kind !== 'string' || !isRecord(settings))
    throw new InputError(name, 'the description of the model is damaged.');
  const manifolds = manifoldsIn(fields['parameters']);
  return { name, kind, settings: settings as ModelSettings, tensors, manifolds };
}

function manifoldsIn(described: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, place] of Object.entries(isRecord(described) ? described : {})) {
    if (isRecord(place) && typeof place['manifold'] === 'string')
      found.set(name, place['manifold']);
  }
  return found;
}

/** What kind a saved model is of. */
export async function kindOfModel(store: ByteStore): Promise<string> {
  return (await storedModel(store)).kind;
}

/** Reads a saved model. */
export async function storedModel(store: ByteStore): Promise<StoredModel> {
  const bytes = await store.load();
  if (!bytes) throw new InputError(store.name, 'there is no model.');
  return decodeModel(bytes, store.name);
}

/** Gives a model the values of a stored one; refuses where they differ in names, shapes or element types. */
export function restoreModel(model: Model, { name, tensors }: StoredModel): void {
  const places = placesOf(model);
  for (const [key, place] of places) restoreInto(name, tensors, key, place);
  const odd = [...tensors.keys()].find((key) => !places.has(key));
  if (odd)
    throw new InputError(
      name,
      `the tensor ${odd} has no place in a model of the kind ${model.kind}.`,
    );
}

export async function saveModel(store: ByteStore, model: Model): Promise<void> {
  await store.save(encodeModel(model));
}

/**
 * Loads a model: the maker of its kind builds it from the settings, then it gets the values of the file.
 *
 * @example
 * const { apply } = await loadModel(fileStore('classifier.safetensors'), { mlp: mlpModel });
 */
export async function loadModel<M extends Model>(
  store: ByteStore,
  makers: Readonly<Record<string, (settings: ModelSettings) => M>>,
): Promise<M> {
  const stored = await storedModel(store);
  const make = Object.hasOwn(makers, stored.kind) ? makers[stored.kind] : undefined;
  if (!make)
    throw new InputError(
      store.name,
      `the model is of the kind "${stored.kind}"; known here: ${Object.keys(makers).join(', ')}.`,
    );
  const model = make(stored.settings);
  restoreModel(model, stored);
  return model;
}

/** The arrays of a model by their names in the file. */
function placesOf({ kind, parameters, also = {} }: Model): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const parameter of parameters) {
    if (places.has(parameter.name))
      throw new OptionError(kind, 'parameters', 'named differently', parameter.name);
    places.set(parameter.name, parameter);
  }
  for (const [name, place] of alsoPlaces(also)) places.set(name, place);
  return places;
}

/** Refuses what JSON would change or leave out. */
function requireJson(path: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  const isPlain = isRecord(value) && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain && !Array.isArray(value))
    throw new OptionError(
      'model',
      path,
      'what JSON can hold',
      typeof value === 'number' ? value : typeof value,
    );
  for (const [key, own] of Object.entries(value)) requireJson(`${path}.${key}`, own);
}
