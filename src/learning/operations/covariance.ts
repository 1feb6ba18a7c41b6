import { ShapeError } from '../../core/errors.ts';
import { rowsOf, type Tensor } from '../tape/tensor.ts';
import { centerColumns } from './center-columns.ts';
import { gram } from './gram.ts';
import { scale } from './scale.ts';

/** The sample covariance 1/(n − 1) Σ (x_i − x̄)(x_i − x̄)ᵀ of the rows of x: … × d → d × d. */
export function covariance(x: Tensor): Tensor {
  const [n] = rowsOf(x.shape);
  if (n < 2) throw new ShapeError('covariance', 'two rows or more', `${n}`);
  return scale(gram(centerColumns(x)), 1 / (n - 1));
}
