import type { Floats, Matrix } from '../../core/matrix.ts';
import type { Activation } from '../../engine/kernels/activation/contract.ts';
import { operation, type Tensor } from '../tape/tensor.ts';

/** y = f(x), number by number, by the engine. */
export function activation(f: Activation, x: Tensor): Tensor {
  return operation(f, [x], x.shape, {
    forward: ({ engine, inputs: [a], out }) => engine.activate(f, rowOf(a), rowOf(out)),
    backward({ engine, inputs: [a], gradient, to: [toX] }) {
      if (toX) return engine.activationGradient(f, rowOf(a), rowOf(gradient), rowOf(toX));
    },
  });
}

const rowOf = (data: Floats): Matrix => ({ data, rows: 1, cols: data.length });
