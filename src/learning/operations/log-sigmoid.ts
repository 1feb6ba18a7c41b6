import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';
import { logistic } from './sigmoid.ts';
import { logOfOnePlusExp } from './softplus.ts';

/** log σ(x) = −log(1 + e^−x), finite where σ(x) is 0 in float32. */
export function logSigmoid(x: Tensor): Tensor {
  return elementwise(
    'logSigmoid',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = -logOfOnePlusExp(-a[e]);
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * logistic(-a[e]);
    },
  );
}
