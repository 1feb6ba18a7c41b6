import { InputError } from '../../../core/errors.ts';
import { type Parameter, parameter, type StoredModel } from '../../../learning/index.ts';
import type { Parametrization } from '../types.ts';
import { type Delta, restoreDelta } from './delta.ts';

/**
 * The model that a delta makes of the one it was learned on: the same weights, to the last byte, as the run had at its end.
 *
 * @example
 * const delta = await decodeDelta(bytes, 'delta.safetensors');
 * const adapted = await applyDelta(await storedModel(fileStore('base.safetensors')), delta, lora);
 *
 * @throws InputError where the delta is of another method or another model, or damaged
 */
export async function applyDelta(
  base: StoredModel,
  delta: Delta,
  method: Parametrization,
): Promise<StoredModel> {
  if (delta.method !== method.spec.id)
    throw new InputError(
      delta.name,
      `the delta was made by ${JSON.stringify({ id: delta.method, options: delta.options })}; here it is ${method.spec.id}.`,
    );
  const weights = delta.weights.map((name) => weightOf(base, delta, name));
  const found = await method.bind(delta.options as never).over(weights);
  restoreDelta(found, delta);
  await found.writeOut();
  const tensors = new Map(base.tensors);
  for (const { name, shape, data } of weights) tensors.set(name, { name, shape: [...shape], data });
  for (const [name, tensor] of delta.tensors)
    if (name.startsWith('also/')) tensors.set(name, tensor);
  const { settings = base.settings } = delta;
  return { ...base, name: `${base.name} with ${delta.name}`, settings, tensors };
}

function weightOf(base: StoredModel, delta: Delta, name: string): Parameter {
  const found = base.tensors.get(name);
  if (!found)
    throw new InputError(
      delta.name,
      `the delta was learned on a model with the tensor ${name}; ${base.name} has none of that name.`,
    );
  return parameter(name, found.data.slice(), found.shape);
}
