import type { Floats } from '../../core/matrix.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import { requireLength, type Shape, type Tensor } from './tensor.ts';

/** A leaf that training moves. */
export interface Parameter extends Tensor {
  readonly data: Floats;
  /**
   * Where its rows live: each row (all axes but the first) is a point of the manifold, and training moves it
   * along geodesics. Undefined: plain numbers.
   */
  readonly manifold?: Manifold | undefined;
  /**
   * Whether only rows that were looked up get a gradient: a long table of which each step sees a part. Such a
   * parameter can be an input of `embedding` and `embeddingBag` alone.
   */
  readonly byRows?: boolean | undefined;
}

export interface ParameterOptions {
  readonly manifold?: Manifold | undefined;
  readonly byRows?: boolean | undefined;
}

/** A parameter over `data`, which training changes. Its name is its place in a saved model. */
export function parameter(
  name: string,
  data: Floats,
  shape: Shape,
  options: ParameterOptions = {},
): Parameter {
  requireLength(name, data, shape);
  return { name, shape, inputs: [], data, needsGradient: true, ...options };
}

export function isParameter(tensor: Tensor): tensor is Parameter {
  return tensor.rule === undefined && tensor.needsGradient;
}
