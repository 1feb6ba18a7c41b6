import { InputError } from '../../../core/errors.ts';
import {
  add,
  type Parameter,
  parameter,
  type Shape,
  scale,
  type Tensor,
} from '../../../learning/index.ts';
import { boolean, choice, number, type OptionsOf } from '../../../method/options.ts';
import type { BuildContext, Made, Weight } from '../types.ts';

/** Which weights are updated, and how far. */
export const updateOptions = (strength: number) =>
  ({
    strength: number(strength, 'What the update is multiplied by.', { min: 0, symbol: 's' }),
    which: choice(
      ['all', 'dense', 'convolution'],
      'all',
      'Weights that are updated: of two axes or more, of two (dense), of more (convolution).',
    ),
    biases: boolean(
      false,
      'Whether weights of one axis, such as biases, are trained too, all of their numbers.',
    ),
  }) as const;

type UpdateOptions = OptionsOf<ReturnType<typeof updateOptions>>;

/** The part of an update that a method makes of one weight. */
export interface WeightUpdate {
  /** Δ, of the weight's shape: 0 before anything is trained. */
  readonly delta: Tensor;
  readonly parameters: readonly Parameter[];
}

/** The weights that the options name; refuses a model without. */
export function chosenWeights(
  id: string,
  weights: readonly Weight[],
  which: UpdateOptions['which'],
): readonly Weight[] {
  const [least, most] = { all: [2, Infinity], dense: [2, 2], convolution: [3, Infinity] }[which];
  const chosen = weights.filter(({ shape: { length } }) => length >= least && length <= most);
  if (chosen.length > 0) return chosen;
  const axes =
    which === 'all' ? 'two axes or more' : which === 'dense' ? 'two axes' : 'three axes or more';
  throw new InputError(
    id,
    `no weight of the model has ${axes}${which === 'all' ? '' : ` (which "${which}")`}; there is nothing to update.`,
  );
}

/** θ = θ₀ + s·Δ for each weight that the options name, Δ made by `update`; biases θ₀ + b where they are trained. */
export function updatedWeights(
  id: string,
  weights: readonly Weight[],
  { strength, which, biases }: UpdateOptions,
  { numbers }: Pick<BuildContext, 'numbers'>,
  update: (weight: Weight) => WeightUpdate,
): Made {
  const parameters: Parameter[] = [];
  const tensors = new Map<string, Tensor>();
  const chosen = new Set(chosenWeights(id, weights, which));
  for (const weight of weights) {
    const { name, shape, start } = weight;
    if (chosen.has(weight)) {
      const own = update(weight);
      parameters.push(...own.parameters);
      tensors.set(name, add(start, scale(own.delta, strength)));
    } else if (biases && shape.length < 2) {
      const shift = parameter(`${name}.shift`, numbers(start.data.length), shape);
      parameters.push(shift);
      tensors.set(name, add(start, shift));
    }
  }
  return { tensors, parameters };
}

/** The first axes of a shape as rows, the others as columns. */
export function foldedAt(shape: Shape, axes: number): readonly [rows: number, cols: number] {
  const product = (part: Shape) => part.reduce((sum, length) => sum * length, 1);
  return [product(shape.slice(0, axes)), product(shape.slice(axes))];
}
