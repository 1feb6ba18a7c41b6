import type { Floats } from '../../core/matrix.ts';

export interface DenseQuality {
  /** Mean over classes of the pixels in both truth and guess over those in either; classes in neither do not count. */
  readonly meanIou: number;
  /** Root of the mean squared error of the depth, over pixels of digits. */
  readonly depthError: number;
}

/** Counts of pixels so far. */
export interface DenseTally {
  /** Pixels of each class in the truth, in the guess, in both. */
  readonly truth: Float64Array;
  readonly guess: Float64Array;
  readonly both: Float64Array;
  squares: number;
  digits: number;
}

/** For so many classes, the background last. */
export function denseTally(classes: number): DenseTally {
  const counts = () => new Float64Array(classes);
  return { truth: counts(), guess: counts(), both: counts(), squares: 0, digits: 0 };
}

/** Adds pixels: outputs are pixels × (classes + 1), the logits, of which the largest is the guess, and the depth. */
export function tallyInPlace(
  tally: DenseTally,
  truth: { readonly classes: Int32Array; readonly depth: ArrayLike<number> },
  outputs: Floats,
): void {
  const c = tally.truth.length;
  truth.classes.forEach((own, pixel) => {
    const start = pixel * (c + 1);
    let best = 0;
    for (let e = 1; e < c; e++) if (outputs[start + e] > outputs[start + best]) best = e;
    tally.truth[own]++;
    tally.guess[best]++;
    if (best === own) tally.both[own]++;
    if (own === c - 1) return;
    tally.squares += (outputs[start + c] - truth.depth[pixel]) ** 2;
    tally.digits++;
  });
}

export function qualityOf({ truth, guess, both, squares, digits }: DenseTally): DenseQuality {
  const shares: number[] = [];
  both.forEach((common, c) => {
    const either = truth[c] + guess[c] - common;
    if (either > 0) shares.push(common / either);
  });
  return {
    meanIou: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    depthError: Math.sqrt(squares / digits),
  };
}
