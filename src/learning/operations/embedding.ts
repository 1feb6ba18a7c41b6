import { ShapeError } from '../../core/errors.ts';
import { isParameter } from '../tape/parameter.ts';
import { operation, type Shape, shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';
import { gatherRows, requireIds, scatterRows, tableShape } from './rows-by-id.ts';

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
  const [v, d] = tableShape('embedding', table.shape);
  if (sizeOf(shape) !== ids.length)
    throw new ShapeError(
      'embedding',
      `${sizeOf(shape)} ids for ${shapeInWords(shape)}`,
      `${ids.length}`,
    );
  requireIds('embedding', ids, v);
  const byRows = isParameter(table) && table.byRows === true;
  return operation('embedding', [table], [...shape, d], {
    forward: ({ inputs: [t], out }) => gatherRows(t, ids, d, out),
    backward({ gradient, to: [toTable], addRows }) {
      if (byRows) addRows(0, { rows: ids, data: gradient });
      if (toTable) scatterRows(gradient, ids, d, toTable);
    },
  });
}
