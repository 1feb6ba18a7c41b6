import type { Parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';

/** A function of tensors with the parameters it brings, as `dense` makes one. */
export type Layer<Input = Tensor> = ((input: Input) => Tensor) & {
  readonly parameters: readonly Parameter[];
};

export function layer<Input>(
  parameters: readonly Parameter[],
  apply: (input: Input) => Tensor,
): Layer<Input> {
  return Object.assign((input: Input) => apply(input), { parameters });
}
