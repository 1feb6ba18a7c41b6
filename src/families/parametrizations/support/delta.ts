import { InputError } from '../../../core/errors.ts';
import {
  decodeDescribed,
  encodeDescribed,
  type FileKind,
  isRecord,
} from '../../../io/described.ts';
import type { NamedTensor } from '../../../io/tensors.ts';
import type { Model, ModelSettings } from '../../../learning/index.ts';
import { alsoPlaces, restoreInto } from '../../../learning/model/restored.ts';
import type { Parametrized } from '../types.ts';
import { baseOf } from './parametrized.ts';

const KIND: FileKind = { format: 'tammes-delta', version: 1, title: 'delta' };

/** What a model became, as a file has it: the few numbers, and what they are to be applied to. */
export interface Delta {
  /** The file's name, for messages. */
  readonly name: string;
  /** The parametrization's id. */
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of the weights that the method was given, in order. */
  readonly weights: readonly string[];
  /** Checksum of these weights as they were. */
  readonly base: string;
  /** The plain data of the model that was trained: scaling of its inputs, names of its classes. */
  readonly settings?: ModelSettings | undefined;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

/**
 * The bytes of a delta: a safetensors file of the trained numbers alone. Its metadata have the method, its options with the
 * seed, the names of the weights and their checksum; what the seed says is not stored.
 *
 * @param model the model that was trained: its settings and running statistics are stored too, as they are its own
 */
export function encodeDelta(
  parametrized: Parametrized,
  { settings, also = {} }: Partial<Pick<Model, 'settings' | 'also'>> = {},
): Uint8Array {
  const { by, weights, parameters } = parametrized;
  const fields = {
    method: by.id,
    options: by.options,
    weights: weights.map(({ name }) => name),
    base: baseOf(weights),
    settings,
  };
  const places = [
    ...parameters.map(({ name, shape, data }) => ({ name, shape, data })),
    ...Array.from(alsoPlaces(also), ([name, place]) => ({ name, ...place })),
  ];
  return encodeDescribed(KIND, fields, places);
}

/** Reads the bytes of a delta. */
export async function decodeDelta(bytes: Uint8Array, name = 'bytes'): Promise<Delta> {
  const { fields, tensors } = await decodeDescribed(bytes, name, KIND);
  const { method, options, weights, base, settings } = fields;
  const areNames = Array.isArray(weights) && weights.every((own) => typeof own === 'string');
  const isNamed = typeof method === 'string' && typeof base === 'string';
  const hasSettings = settings === undefined || isRecord(settings);
  if (!isNamed || !isRecord(options) || !areNames || !hasSettings)
    throw new InputError(name, 'the description of the delta is damaged.');
  const own = settings as ModelSettings | undefined;
  return { name, method, options, weights, base, settings: own, tensors };
}

/** Gives the few numbers of a model those of a delta; refuses one of another method, other weights or another model. */
export function restoreDelta(parametrized: Parametrized, delta: Delta): void {
  const { by, weights, parameters } = parametrized;
  const { name, tensors } = delta;
  const own = JSON.stringify(by);
  const theirs = JSON.stringify({ id: delta.method, options: delta.options });
  if (own !== theirs)
    throw new InputError(name, `the delta was made by ${theirs}; here it is ${own}.`);
  const base = baseOf(weights);
  if (delta.base !== base)
    throw new InputError(
      name,
      `the delta was learned on weights of the checksum ${delta.base}; those of this model have ${base}: apply it to the model that it began with.`,
    );
  const known = new Set(parameters.map((one) => one.name));
  const odd = [...tensors.keys()].find((key) => !known.has(key) && !key.startsWith('also/'));
  if (odd)
    throw new InputError(name, `the tensor ${odd} has no place in a delta of ${by.id} here.`);
  for (const one of parameters) restoreInto(name, tensors, one.name, one);
}
