import type { Tensor } from '../tape/tensor.ts';
import { singularValues } from './singular-values.ts';
import { sum } from './sum.ts';

/** ‖X‖_* = Σ σ_k, the sum of the singular values of the rows of x: … × d → one number. */
export function nuclearNorm(x: Tensor): Tensor {
  return sum(singularValues(x));
}
