import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { addRows } from '../operations/add-rows.ts';
import { linear } from '../operations/linear.ts';
import { normalizeRows } from '../operations/normalize-rows.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import { numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

/**
 * Relative representations as a layer without parameters: rows … × d → … × m, the cosines of each with m anchors, m × d,
 * about the anchors' mean μ:
 *
 *     y = (cos(x − μ, a₁ − μ), …, cos(x − μ, a_m − μ))
 *
 * A rotation, a shift and a factor of the space, in rows and anchors alike, leave y as it is.
 *
 * @param anchors of the element type of the rows that come
 * @throws InputError where all anchors are one point: there are no directions then
 */
export function relativeTo(anchors: Matrix): Layer {
  const { rows: m, cols: d } = anchors;
  const mean = meanRow(anchors);
  const { points, norms } = unitOrZeroRows(lessRow(anchors, mean));
  if (norms.every((norm) => norm === 0))
    throw new InputError(
      'relativeTo',
      `expected two anchors or more that differ; got ${m}, all at one point.`,
    );
  const directions = constant(points.data, [m, d]);
  const shift = numbers(d, anchors.data instanceof Float64Array);
  for (let c = 0; c < d; c++) shift[c] = -mean[c];
  return layer([], (x: Tensor) => linear(normalizeRows(addRows(x, constant(shift))), directions));
}
