import { OptionError } from '../../core/errors.ts';
import { operation, sizeOf, type Tensor } from '../tape/tensor.ts';

/**
 * The sum of all numbers of x, in float64; with an axis, along it alone, and the axis is gone.
 *
 * @param axis 0 for the slowest
 */
export function sum(x: Tensor, axis?: number): Tensor {
  if (axis !== undefined) return sumAlong(x, axis);
  return operation('sum', [x], [], {
    forward({ inputs: [a], out }) {
      let total = 0;
      for (let e = 0; e < a.length; e++) total += a[e];
      out[0] = total;
    },
    backward({ gradient, to: [toX] }) {
      toX?.fill(gradient[0]);
    },
  });
}

function sumAlong(x: Tensor, axis: number): Tensor {
  const length = x.shape[axis];
  if (length === undefined)
    throw new OptionError('sum', 'axis', `one of the ${x.shape.length} axes, from 0`, axis);
  const inner = sizeOf(x.shape.slice(axis + 1));
  const block = length * inner;
  return operation('sum', [x], x.shape.toSpliced(axis, 1), {
    forward({ inputs: [a], out }) {
      const totals = new Float64Array(inner);
      for (let start = 0, to = 0; start < a.length; start += block, to += inner) {
        totals.fill(0);
        for (let row = start; row < start + block; row += inner) {
          for (let c = 0; c < inner; c++) totals[c] += a[row + c];
        }
        out.set(totals, to);
      }
    },
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      for (let start = 0, from = 0; start < toX.length; start += block, from += inner) {
        for (let row = start; row < start + block; row += inner) {
          for (let c = 0; c < inner; c++) toX[row + c] = gradient[from + c];
        }
      }
    },
  });
}
