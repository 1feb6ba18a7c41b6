import { ShapeError } from '../../core/errors.ts';
import { exp } from '../../core/numeric.ts';
import { operation, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { requireOffsets } from './embedding-bag.ts';
import { requireIds, tableShape } from './rows-by-id.ts';

/**
 * What each of c queries reads from each bag of ids, by attention of its own: scores S and values V v × c, bag b the ids at
 * places offsets[b] … offsets[b + 1] − 1; y bags × c. An empty bag becomes zeros.
 *
 *     α_tq = exp S[id_t, q] / Σ over the bag of exp S[id_s, q],   y_bq = Σ over the bag of α_tq V[id_t, q]
 *     ∂L/∂V[id_t, q] += α_tq g_bq,   ∂L/∂S[id_t, q] += α_tq g_bq (V[id_t, q] − y_bq)
 */
export function attentionBag(
  scores: Tensor,
  values: Tensor,
  ids: ArrayLike<number>,
  offsets: ArrayLike<number>,
): Tensor {
  const [v, c] = tableShape('attentionBag', scores.shape, 'scores, rows × queries');
  const [w, e] = values.shape;
  if (values.shape.length !== 2 || w !== v || e !== c)
    throw new ShapeError('attentionBag', `values ${v} × ${c}`, shapeInWords(values.shape));
  requireIds('attentionBag', ids, v);
  requireOffsets('attentionBag', offsets, ids.length);
  const bags = offsets.length - 1;
  const shares = new Float64Array(ids.length * c);
  return operation('attentionBag', [scores, values], [bags, c], {
    forward({ inputs: [s, x], out }) {
      for (let b = 0; b < bags; b++)
        for (let q = 0; q < c; q++) {
          const [from, to] = [offsets[b], offsets[b + 1]];
          let largest = Number.NEGATIVE_INFINITY;
          for (let t = from; t < to; t++) largest = Math.max(largest, s[ids[t] * c + q]);
          let total = 0;
          for (let t = from; t < to; t++) {
            shares[t * c + q] = exp(s[ids[t] * c + q] - largest);
            total += shares[t * c + q];
          }
          let sum = 0;
          for (let t = from; t < to; t++) {
            shares[t * c + q] /= total;
            sum += shares[t * c + q] * x[ids[t] * c + q];
          }
          out[b * c + q] = sum;
        }
    },
    backward({ inputs: [, x], out, gradient, to: [toScores, toValues] }) {
      toScores?.fill(0);
      toValues?.fill(0);
      for (let b = 0; b < bags; b++)
        for (let t = offsets[b]; t < offsets[b + 1]; t++)
          for (let q = 0; q < c; q++) {
            const at = ids[t] * c + q;
            const weight = shares[t * c + q] * gradient[b * c + q];
            if (toValues) toValues[at] += weight;
            if (toScores) toScores[at] += weight * (x[at] - out[b * c + q]);
          }
    },
  });
}
