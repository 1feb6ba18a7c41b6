import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { copyColumns } from './columns.ts';
import { requireSlice } from './slice-rows.ts';

/** Columns `from` … `to` − 1 of each row: x … × d → … × (to − from). */
export function sliceColumns(x: Tensor, from: number, to: number): Tensor {
  const [n, d] = rowsOf(x.shape);
  requireSlice('sliceColumns', from, to, d);
  const width = to - from;
  return operation('sliceColumns', [x], [...x.shape.slice(0, -1), width], {
    forward: ({ inputs: [a], out }) => copyColumns(a, d, from, out, width, 0, width, n),
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      toX.fill(0);
      copyColumns(gradient, width, 0, toX, d, from, width, n);
    },
  });
}
