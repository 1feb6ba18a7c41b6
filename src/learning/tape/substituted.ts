import { ShapeError } from '../../core/errors.ts';
import { inOrder } from './evaluate.ts';
import type { Parameter } from './parameter.ts';
import { operation, shapeInWords, type Tensor } from './tensor.ts';

/**
 * The same computation with other tensors in the place of parameters: `substituted(loss(), new Map([[w, made]]))`.
 *
 *     f(w) becomes f(g(v)):   ∂L/∂v = (∂g/∂v)ᵀ·∂L/∂w
 *
 * What lies above a replaced parameter is built again with the same rules; what does not is shared with the original. A
 * replacement may itself contain the parameter that it replaces, such as w + δ. A table that is `byRows` gets, where a
 * computed tensor replaces it, the gradient of all its rows.
 *
 * Both computations share their rules, and rules remember their last forward pass: the substituted tensor and the
 * original are not to be parts of one loss, which is refused when it is run.
 *
 * @throws ShapeError where a replacement has another shape than the parameter
 */
export function substituted(root: Tensor, by: ReadonlyMap<Parameter, Tensor>): Tensor {
  return substitution(by)(root);
}

/** `substituted` for several tensors of one computation: what they share stays shared. */
export function substitution(by: ReadonlyMap<Parameter, Tensor>): (root: Tensor) => Tensor {
  for (const [{ name, shape }, tensor] of by) {
    if (shapeInWords(tensor.shape) !== shapeInWords(shape))
      throw new ShapeError(`substituted, ${name}`, shapeInWords(shape), shapeInWords(tensor.shape));
  }
  const found = new Map<Tensor, Tensor>(by);
  return (root) => {
    for (const tensor of inOrder(root)) {
      if (!found.has(tensor)) found.set(tensor, rebuilt(tensor, found));
    }
    return found.get(root) ?? root;
  };
}

function rebuilt(tensor: Tensor, found: ReadonlyMap<Tensor, Tensor>): Tensor {
  const { name, inputs, shape, rule, origin = tensor } = tensor;
  const now = inputs.map((input) => found.get(input) ?? input);
  if (!rule || now.every((input, i) => input === inputs[i])) return tensor;
  return { ...operation(name, now, shape, rule), origin };
}
