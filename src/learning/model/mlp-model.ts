import { InputError } from '../../core/errors.ts';
import { mlp } from '../layers/mlp.ts';
import type { Tensor } from '../tape/tensor.ts';
import type { Model, ModelSettings } from './model.ts';

/** A model that maps rows to rows. */
export interface RowModel extends Model {
  /** n × inputs → n × outputs. */
  readonly apply: (x: Tensor) => Tensor;
}

/**
 * A perceptron with relu between its layers as a model of the kind `mlp`.
 *
 * @param settings `sizes`, the lengths of the rows from input to output; `seed` of the first values, 0 where left out
 */
export function mlpModel(settings: ModelSettings): RowModel {
  const { sizes, seed = 0 } = settings;
  const areSizes =
    Array.isArray(sizes) &&
    sizes.length >= 2 &&
    sizes.every((size) => Number.isSafeInteger(size) && size >= 1);
  if (!areSizes) throw refused('sizes', 'two or more whole numbers from 1 on', settings);
  if (!Number.isSafeInteger(seed)) throw refused('seed', 'a whole number', settings);
  const apply = mlp({ name: 'mlp', sizes, seed: Number(seed) });
  return { kind: 'mlp', settings, parameters: apply.parameters, apply };
}

function refused(name: string, expected: string, settings: ModelSettings): InputError {
  const got = JSON.stringify(settings[name]) ?? 'nothing';
  return new InputError('mlp', `the setting "${name}" must be ${expected}; got ${got}.`);
}
