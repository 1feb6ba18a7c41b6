import { operation, type Tensor } from '../../../learning/index.ts';

/** x where the mask is not 0, else 0, never −0: what is left out is stored as nothing and must be the same again. */
export function masked(x: Tensor, mask: ArrayLike<number>): Tensor {
  return operation('masked', [x], x.shape, {
    forward({ inputs: [values], out }) {
      for (let e = 0; e < out.length; e++) out[e] = mask[e] === 0 ? 0 : values[e];
    },
    backward({ gradient, to: [toX] }) {
      if (toX) for (let e = 0; e < toX.length; e++) toX[e] = mask[e] === 0 ? 0 : gradient[e];
    },
  });
}
