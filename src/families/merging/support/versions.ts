import { InputError, OptionError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import type { NamedTensor } from '../../../io/tensors.ts';
import { decodeModel, encodeModel, type Model, type StoredModel } from '../../../learning/index.ts';
import { manifoldNamed } from '../../../manifolds/index.ts';
import type { MergerInput, TensorVersions, Versions } from '../types.ts';
import { differenceOf, type SettingDifference } from './settings.ts';

/** What statistics that no gradient moved are called in a file. */
const ALSO = 'also/';

/** The models beside one another; refuses in a sentence what cannot be merged. */
export async function versionsOf(
  id: string,
  { models: given, base: start, settingsOfBase = [] }: MergerInput,
): Promise<Versions> {
  const base = start && (await stored(start, 'base'));
  const models = await Promise.all(given.map((model, i) => stored(model, `model ${i + 1}`)));
  const first = base ?? models[0];
  if (first.tensors.size === 0) throw new InputError(first.name, 'the model has no tensors.');
  const unknown = settingsOfBase.find((name) => !Object.hasOwn(first.settings, name));
  if (unknown !== undefined) {
    const known = Object.keys(first.settings).join(', ') || 'nothing: the models have no settings';
    throw new OptionError(id, 'settingsOfBase', `among ${known}`, unknown);
  }
  const differing = new Set<string>();
  for (const model of models) {
    requireSameKind(model, first);
    for (const difference of differencesOf(model, first)) {
      requireAllowed(model, first, difference, settingsOfBase);
      differing.add(difference.setting);
    }
    requireSameTensors(model, first);
  }
  for (const model of base ? [base, ...models] : models) requireFiniteTensors(model);
  const places = canonicalPlaces(models, [...first.tensors.keys()]);
  const all = [...first.tensors.values()].map((tensor) => ({
    name: tensor.name,
    shape: tensor.shape,
    manifold: manifoldOf(id, first, tensor),
    base: base
      ? tensor.data
      : new (tensor.data.constructor as new (n: number) => Floats)(tensor.data.length),
    models: places.map((place) => (models[place].tensors.get(tensor.name) as NamedTensor).data),
  }));
  const also = all.filter(({ name }) => name.startsWith(ALSO));
  return {
    kind: first.kind,
    settings: first.settings,
    tensors: all.filter((tensor) => !also.includes(tensor)),
    also,
    names: places.map((place) => models[place].name),
    baseName: base?.name,
    places,
    warnings: [
      ...(differing.size > 0
        ? [
            `The models differ in ${[...differing].join(', ')}; the result has what ${first.name} has.`,
          ]
        : []),
      ...remarkOnAlso(also),
      ...repeated(models, [...first.tensors.keys()]),
    ],
  };
}

async function stored(model: Model | StoredModel, name: string): Promise<StoredModel> {
  return 'tensors' in model ? model : decodeModel(encodeModel(model), name);
}

function requireSameKind(model: StoredModel, first: StoredModel): void {
  if (model.kind === first.kind) return;
  throw new InputError(
    model.name,
    `the model was made by ${model.kind}; ${first.kind}, which made ${first.name}, is expected.`,
  );
}

function differencesOf(model: StoredModel, first: StoredModel): readonly SettingDifference[] {
  const names = new Set([...Object.keys(first.settings), ...Object.keys(model.settings)]);
  return [...names].flatMap(
    (name) => differenceOf(name, model.settings[name], first.settings[name]) ?? [],
  );
}

function requireAllowed(
  model: StoredModel,
  first: StoredModel,
  { setting, path, own, expected, inNumbers }: SettingDifference,
  allowed: readonly string[],
): void {
  if (inNumbers && allowed.includes(setting)) return;
  const way = inNumbers
    ? `; --settings-of-base ${setting} takes what the base has`
    : ': such models do not mean the same by their numbers';
  throw new InputError(
    model.name,
    `its setting ${path} is ${JSON.stringify(own) ?? 'missing'}, that of ${first.name} ${JSON.stringify(expected) ?? 'missing'}${way}.`,
  );
}

function requireSameTensors(model: StoredModel, first: StoredModel): void {
  for (const [name, tensor] of first.tensors) {
    const own = model.tensors.get(name);
    if (!own)
      throw new InputError(
        model.name,
        `the tensor ${name} (${inWords(tensor)}), which ${first.name} has, is missing.`,
      );
    if (inWords(own) !== inWords(tensor))
      throw new InputError(
        model.name,
        `the tensor ${name} is ${inWords(own)}; ${inWords(tensor)}, as in ${first.name}, is expected.`,
      );
    const [theirs, here] = [first.manifolds?.get(name), model.manifolds?.get(name)];
    if (theirs !== here)
      throw new InputError(
        model.name,
        `the rows of the tensor ${name} are points of ${here ?? 'no manifold'}; ${theirs ?? 'no manifold'}, as in ${first.name}, is expected.`,
      );
  }
  const odd = [...model.tensors.keys()].find((name) => !first.tensors.has(name));
  if (odd)
    throw new InputError(
      model.name,
      `the tensor ${odd} has no place in ${first.name}; merged models have the same tensors.`,
    );
}

function requireFiniteTensors({ name: file, tensors }: StoredModel): void {
  for (const { name, data } of tensors.values()) {
    const odd = data.findIndex((x) => !Number.isFinite(x));
    if (odd >= 0)
      throw new InputError(file, `number ${odd} of the tensor ${name} is ${data[odd]}.`);
  }
}

function manifoldOf(id: string, { name: file, manifolds }: StoredModel, { name }: NamedTensor) {
  const named = manifolds?.get(name);
  if (named === undefined || named === 'euclidean') return undefined;
  if (named === 'sphere') return manifoldNamed(named);
  throw new InputError(
    file,
    `the rows of the tensor ${name} are points of ${named}; ${id} adds plain numbers and points of the sphere alone.`,
  );
}

/**
 * An order of the models by what they hold, number by number: sums of the same numbers in the same order have the same
 * bytes, whatever order the models were given in.
 */
function canonicalPlaces(models: readonly StoredModel[], names: readonly string[]): number[] {
  return models
    .map((_, place) => place)
    .sort((a, b) => compared(models[a], models[b], names) || a - b);
}

function compared(a: StoredModel, b: StoredModel, names: readonly string[]): number {
  for (const name of names) {
    const [x, y] = [a.tensors.get(name)?.data, b.tensors.get(name)?.data];
    if (!x || !y) continue;
    const at = x.findIndex((value, e) => value !== y[e]);
    if (at >= 0) return x[at] - y[at];
  }
  return 0;
}

function repeated(models: readonly StoredModel[], names: readonly string[]): string[] {
  for (let i = 0; i < models.length; i++) {
    const twin = models.findIndex((own, j) => j < i && compared(own, models[i], names) === 0);
    if (twin >= 0)
      return [`${models[i].name} has the numbers of ${models[twin].name}, which count twice.`];
  }
  return [];
}

function remarkOnAlso(also: readonly TensorVersions[]): string[] {
  if (also.length === 0) return [];
  return [
    `${counted(also.length, 'array')} of running statistics, the first ${also[0].name}, ${also.length === 1 ? 'is' : 'are'} the mean over the models: ${also.length === 1 ? 'it was' : 'they were'} measured for others than the merged weights.`,
  ];
}

/** `2 × 3 float32`. */
function inWords({ shape, data }: NamedTensor): string {
  const lengths = shape.length === 0 ? 'one number' : shape.join(' × ');
  return `${lengths} ${data instanceof Float32Array ? 'float32' : 'float64'}`;
}
