import { InputError, ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/** A row that counts for nothing in the loss, such as padding. */
export const IGNORED = -1;

/**
 * Softmax with cross-entropy, averaged over the rows that have a class: logits n × c, class yᵢ in 0 … c − 1 or −1
 * for none.
 *
 *     L = −mean_i Σ_c t_ic log p_ic,   pᵢ = softmax(zᵢ),   tᵢ = (1 − ε)·onehot(yᵢ) + ε/c
 *     ∂L/∂zᵢ = (pᵢ − tᵢ)/n
 *
 * @param smoothing ε, label smoothing
 */
export function crossEntropy(
  logits: Tensor,
  classes: ArrayLike<number>,
  { smoothing = 0 } = {},
): Tensor {
  const [n, c] = rowsOf(logits.shape);
  if (classes.length !== n)
    throw new ShapeError('crossEntropy', `${n} classes, one a row`, `${classes.length}`);
  let counted = 0;
  for (let i = 0; i < n; i++) {
    const y = classes[i];
    if (!Number.isInteger(y) || y < IGNORED || y >= c)
      throw new InputError(
        'crossEntropy',
        `class ${y} of row ${i} is not a whole number in 0 … ${c - 1}, nor −1 for none.`,
      );
    if (y !== IGNORED) counted++;
  }
  if (counted === 0) throw new InputError('crossEntropy', 'no row has a class.');
  const off = smoothing / c;
  let probabilities = new Float32Array(0) as Float32Array | Float64Array;
  return operation('crossEntropy', [logits], [], {
    forward({ inputs: [z], out, room }) {
      probabilities = room(n * c);
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const start = i * c;
        let top = Number.NEGATIVE_INFINITY;
        for (let e = start; e < start + c; e++) if (z[e] > top) top = z[e];
        let total = 0;
        let sumOfLogits = 0;
        for (let e = start; e < start + c; e++) {
          const p = Math.exp(z[e] - top);
          probabilities[e] = p;
          total += p;
          sumOfLogits += z[e];
        }
        for (let e = start; e < start + c; e++) probabilities[e] /= total;
        if (classes[i] === IGNORED) continue;
        const logTotal = top + Math.log(total);
        loss += logTotal - (1 - smoothing) * z[start + classes[i]] - off * sumOfLogits;
      }
      out[0] = loss / counted;
    },
    backward({ gradient, to: [toZ] }) {
      if (!toZ) return;
      const weight = gradient[0] / counted;
      for (let i = 0; i < n; i++) {
        const start = i * c;
        if (classes[i] === IGNORED) toZ.fill(0, start, start + c);
        else {
          for (let e = start; e < start + c; e++) toZ[e] = weight * (probabilities[e] - off);
          toZ[start + classes[i]] -= weight * (1 - smoothing);
        }
      }
    },
  });
}
