import type { Tensor } from '../tape/tensor.ts';
import { entropy } from './entropy.ts';
import { singularValues } from './singular-values.ts';

/**
 * The logarithm of the effective rank (RankMe): the entropy of the singular values of the rows of x as shares of
 * their sum: … × d → one number from 0 to log min(n, d).
 */
export function rankEntropy(x: Tensor): Tensor {
  return entropy(singularValues(x));
}
