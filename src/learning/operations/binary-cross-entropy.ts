import { InputError, ShapeError } from '../../core/errors.ts';
import { operation, sizeOf, type Tensor } from '../tape/tensor.ts';
import { logistic } from './sigmoid.ts';
import { logOfOnePlusExp } from './softplus.ts';

/**
 * Cross-entropy of yes or no, averaged over all logits z, each with a target t in [0, 1].
 *
 *     L = −mean(t·log σ(z) + (1 − t)·log σ(−z)),   ∂L/∂z = (σ(z) − t)/n
 */
export function binaryCrossEntropy(logits: Tensor, targets: ArrayLike<number>): Tensor {
  const n = sizeOf(logits.shape);
  if (targets.length !== n)
    throw new ShapeError('binaryCrossEntropy', `${n} targets, one a logit`, `${targets.length}`);
  for (let e = 0; e < n; e++) {
    if (!(targets[e] >= 0 && targets[e] <= 1))
      throw new InputError(
        'binaryCrossEntropy',
        `target ${targets[e]} at place ${e} is not in [0, 1].`,
      );
  }
  return operation('binaryCrossEntropy', [logits], [], {
    forward({ inputs: [z], out }) {
      let total = 0;
      for (let e = 0; e < n; e++) total += logOfOnePlusExp(z[e]) - targets[e] * z[e];
      out[0] = total / n;
    },
    backward({ gradient, to: [toZ], inputs: [z] }) {
      if (!toZ) return;
      const weight = gradient[0] / n;
      for (let e = 0; e < n; e++) toZ[e] = weight * (logistic(z[e]) - targets[e]);
    },
  });
}
