import type { Floats } from '../../../../core/matrix.ts';
import { cos } from '../../../../core/numeric.ts';
import {
  add,
  binaryCrossEntropy,
  constant,
  crossEntropy,
  linear,
  logSoftmax,
  multiply,
  scale,
  softmax,
  stopGradient,
  sum,
  type Tensor,
  transpose,
} from '../../../../learning/index.ts';
import { rangeOf } from '../inputs.ts';

/** Cross-entropy of both directions, (rows + columns)/2; pair i is row i and column i. */
export function symmetricCrossEntropy(logits: Tensor): Tensor {
  const own = rangeOf(0, logits.shape[0]);
  return half(crossEntropy(logits, own), crossEntropy(transpose(logits), own));
}

/** (cos_ij − margin·[i = j])/τ by `logits`, as cross-entropy of both directions. */
export function marginSoftmax(
  cosines: Tensor,
  margin: number,
  logits: (cosines: Tensor) => Tensor,
  like: Floats,
): Tensor {
  const n = cosines.shape[0];
  const margins = numbersLike(like, n * n);
  for (let i = 0; i < n; i++) margins[i * n + i] = -margin;
  return symmetricCrossEntropy(logits(add(cosines, constant(margins, [n, n]))));
}

/** −mean_i Σ_j t_ij log softmax(z_i)_j, of targets that are known. */
export function softCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return scale(sum(multiply(targets, logSoftmax(logits))), -1 / logits.shape[0]);
}

/** Cross-entropy of both directions with soft targets, n × n: row i, and column i. */
export function symmetricSoftCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return half(
    softCrossEntropy(logits, targets),
    softCrossEntropy(transpose(logits), transpose(targets)),
  );
}

/** SigLIP: −(1/n) Σ_ij log σ(± z_ij), + for pairs, z = logits − 10. */
export function sigmoidLoss(logits: Tensor, like: Floats): Tensor {
  const n = logits.shape[0];
  const targets = new Float32Array(n * n);
  for (let i = 0; i < n; i++) targets[i * n + i] = 1;
  const shifted = add(logits, constant(numbersLike(like, n * n).fill(-10), [n, n]));
  return scale(binaryCrossEntropy(shifted, targets), n);
}

/** SoftCLIP: the products of the other side among themselves say how much each is meant. */
export function softClip(a: Tensor, b: Tensor, temperature: number): Tensor {
  const targets = stopGradient(softmax(scale(linear(b, b), 1 / temperature)));
  const logits = scale(linear(a, b), 1 / temperature);
  return half(softCrossEntropy(logits, targets), softCrossEntropy(transpose(logits), targets));
}

/** From 8/15 of the temperature up to it, by half a cosine; `share` of the steps are done. */
export function annealed(temperature: number, share: number): number {
  return temperature * (1 - ((7 / 15) * (1 + cos(Math.PI * Math.min(1, share)))) / 2);
}

export const half = (x: Tensor, y: Tensor): Tensor => scale(add(x, y), 0.5);

/** Zeros of the element type of `like`: one computation has one type. */
export function numbersLike(like: Floats, length: number): Floats {
  return new (like.constructor as new (n: number) => Floats)(length);
}
