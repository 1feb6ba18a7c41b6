import type { Floats } from '../../../../core/matrix.ts';
import {
  constant,
  logSoftmax,
  multiply,
  scale,
  sum,
  type Tensor,
} from '../../../../learning/index.ts';

/** −mean_i mean_{c of i} log softmax(zᵢ)_c, logits z n × C; a row without concepts counts for nothing. */
export function conceptLoss(logits: Tensor, sets: readonly Int32Array[], like: Floats): Tensor {
  const [n, c] = logits.shape;
  const shares = new (like.constructor as new (n: number) => Floats)(n * c);
  sets.forEach((own, i) => {
    for (const concept of own) shares[i * c + concept] = 1 / own.length;
  });
  return scale(sum(multiply(logSoftmax(logits), constant(shares, [n, c]))), -1 / n);
}
