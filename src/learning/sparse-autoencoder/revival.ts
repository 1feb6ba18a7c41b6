import { matmul } from '../operations/matmul.ts';
import { meanSquaredError } from '../operations/mean-squared-error.ts';
import { relu } from '../operations/relu.ts';
import { scale } from '../operations/scale.ts';
import { stopGradient } from '../operations/stop-gradient.ts';
import { subtract } from '../operations/subtract.ts';
import { take } from '../operations/take.ts';
import { takeColumns } from '../operations/take-columns.ts';
import { topK } from '../operations/top-k.ts';
import type { Tensor } from '../tape/tensor.ts';
import type { SparseAutoencoder } from './network.ts';

/** A value above it counts as fired. */
const FIRED = 1e-5;

export interface RevivalOptions {
  /** Weight of the loss that revives latents. */
  readonly auxiliaryWeight: number;
  /** Most latents that are revived together. */
  readonly auxiliaryLatents: number;
  /** Steps in no code after which a latent is dead. */
  readonly deadAfter: number;
}

/** What a step leaves for the next: which latents have not been in a code for how long, and the loss of the codes. */
export interface Revival {
  /** To be called after each step with its codes, b × h, and the error with which they rebuild the batch. */
  note(codes: ArrayLike<number>, error: number): void;
  /**
   * What is left of the batch, x − x̂, rebuilt from the largest of the dead latents, over the error of the step before;
   * undefined where no latent is dead.
   */
  loss(net: SparseAutoencoder, latents: Tensor, x: Tensor, rebuilt: Tensor): Tensor | undefined;
}

/** Keeps count of latents that are in no code, and brings them back: of h latents. */
export function revivalOf(
  h: number,
  { auxiliaryWeight, auxiliaryLatents, deadAfter }: RevivalOptions,
): Revival {
  /** Steps since each latent was in a code. */
  const idle = new Int32Array(h);
  let lastError = 1;
  return {
    note(codes, error) {
      for (let c = 0; c < h; c++) idle[c]++;
      for (let e = 0; e < codes.length; e++) if (codes[e] > FIRED) idle[e % h] = 0;
      lastError = error;
    },
    loss(net, latents, x, rebuilt) {
      const dead = Int32Array.from(idle.keys()).filter((c) => idle[c] > deadAfter);
      if (auxiliaryWeight === 0 || dead.length === 0 || lastError === 0) return undefined;
      const own = takeColumns(latents, dead);
      const revived = relu(auxiliaryLatents < dead.length ? topK(own, auxiliaryLatents) : own);
      const left = stopGradient(subtract(x, rebuilt));
      const error = meanSquaredError(matmul(revived, take(net.decoder, dead)), left);
      return scale(error, auxiliaryWeight / lastError);
    },
  };
}
