import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
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
  if (!(smoothing >= 0 && smoothing <= 1))
    throw new OptionError('crossEntropy', 'smoothing', 'a number in [0, 1]', smoothing);
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
  let probabilities = new Float32Array(0) as Floats;
  return operation('crossEntropy', [logits], [], {
    async forward({ engine, inputs: [z], out, room }) {
      probabilities = room(n * c);
      probabilities.set(z);
      const logSums = await engine.softmaxInPlace({ data: probabilities, rows: n, cols: c });
      let loss = 0;
      for (let i = 0; i < n; i++) {
        if (classes[i] === IGNORED) continue;
        loss += logSums[i] - (1 - smoothing) * z[i * c + classes[i]];
        if (off > 0) loss -= off * sumOfRow(z, i * c, c);
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

function sumOfRow(z: Floats, start: number, c: number): number {
  let sum = 0;
  for (let e = start; e < start + c; e++) sum += z[e];
  return sum;
}
