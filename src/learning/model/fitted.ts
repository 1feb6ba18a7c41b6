import { InputError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { parameter } from '../tape/parameter.ts';
import {
  decodeModel,
  encodeModel,
  type Model,
  type ModelSettings,
  type StoredModel,
} from './model.ts';

/** A map that was fitted to data: arrays by name, and the plain data beside them. */
export interface Fitted {
  readonly settings: ModelSettings;
  readonly arrays: Readonly<Record<string, Matrix>>;
}

/** The model that a fitted map is saved as. */
export function fittedModel(kind: string, { settings, arrays }: Fitted): Model {
  const parameters = Object.entries(arrays).map(([name, { data, rows, cols }]) =>
    parameter(name, data, [rows, cols]),
  );
  return { kind, settings, parameters };
}

/** The fitted map that a model of that kind holds; refuses a model of another kind in a sentence. */
export async function fittedOf(kind: string, model: StoredModel | Model): Promise<Fitted> {
  const stored = 'tensors' in model ? model : await decodeModel(encodeModel(model), kind);
  if (stored.kind !== kind)
    throw new InputError(stored.name, `the model was made by ${stored.kind}; ${kind} is expected.`);
  const arrays = Array.from(stored.tensors.values(), ({ name, shape, data }) => {
    const [rows, cols] = shape;
    const isMatrix =
      shape.length === 2 && (data instanceof Float32Array || data instanceof Float64Array);
    if (!isMatrix) throw new InputError(stored.name, `the array ${name} of the model is damaged.`);
    return [name, matrix(data, rows, cols)];
  });
  return { settings: stored.settings, arrays: Object.fromEntries(arrays) };
}
