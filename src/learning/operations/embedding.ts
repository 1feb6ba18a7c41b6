import { InputError, ShapeError } from '../../core/errors.ts';
import { isParameter } from '../tape/parameter.ts';
import { operation, type Shape, shapeInWords, type Tensor } from '../tape/tensor.ts';

/**
 * Rows of a table: y_i = T[id_i], T v × d; y `shape` × d, by default n × d.
 *
 *     ∂L/∂T[v] = Σ over i with id_i = v of g_i
 */
export function embedding(
  table: Tensor,
  ids: ArrayLike<number>,
  shape: Shape = [ids.length],
): Tensor {
  const [v, d] = table.shape;
  if (table.shape.length !== 2 || v === undefined || d === undefined)
    throw new ShapeError('embedding', 'a table, rows × columns', shapeInWords(table.shape));
  for (let i = 0; i < ids.length; i++) {
    if (!Number.isInteger(ids[i]) || ids[i] < 0 || ids[i] >= v)
      throw new InputError('embedding', `id ${ids[i]} at place ${i} is not in 0 … ${v - 1}.`);
  }
  const byRows = isParameter(table) && table.byRows === true;
  return operation('embedding', [table], [...shape, d], {
    forward({ inputs: [t], out }) {
      for (let i = 0; i < ids.length; i++) {
        const from = ids[i] * d;
        for (let c = 0; c < d; c++) out[i * d + c] = t[from + c];
      }
    },
    backward({ gradient, to: [toTable], addRows }) {
      if (byRows) addRows(0, { rows: ids, data: gradient });
      if (!toTable) return;
      toTable.fill(0);
      for (let i = 0; i < ids.length; i++) {
        const at = ids[i] * d;
        for (let c = 0; c < d; c++) toTable[at + c] += gradient[i * d + c];
      }
    },
  });
}
