import { transposeInto } from '../../core/transposed.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { tableShape } from './rows-by-id.ts';

/** Aᵀ of a matrix, n × d → d × n. */
export function transpose(a: Tensor): Tensor {
  const [n, d] = tableShape('transpose', a.shape, 'a matrix');
  return operation('transpose', [a], [d, n], {
    forward: ({ inputs: [x], out }) => transposeInto(x, n, d, d, out, n, 1),
    backward({ gradient, to: [toA] }) {
      if (toA) transposeInto(gradient, d, n, n, toA, d, 1);
    },
  });
}
