import { exp, log } from '../../core/numeric.ts';

/** The weight of the penalty at first, and how far its logarithm may move over a training. */
const [FIRST_WEIGHT, RANGE] = [1e-3, 10];
/** The share of the steps over which the numbers aimed at fall from those at first to those at last. */
const FALLING = 0.5;

/** The weight of a penalty on numbers above 0, which follows how many there are. */
export interface Pressure {
  readonly weight: number;
  /** To be called with the codes of each step, b × h. */
  note(codes: ArrayLike<number>, at: { readonly step: number; readonly steps: number }): void;
}

interface Aim {
  readonly latents: number;
  /** Numbers above 0 of a row, on average, that are aimed at. */
  readonly nonzeros: number;
  /** The weight of an earlier training that goes on: its numbers have fallen. */
  readonly weight?: number | undefined;
}

/**
 * A weight that rises while a batch has more numbers above 0 than are aimed at and falls while it has fewer; those
 * aimed at fall from half of the latents, where training begins, over half of the steps.
 */
export function pressureTo({ latents, nonzeros, weight: known }: Aim): Pressure {
  let weight = known ?? FIRST_WEIGHT;
  return {
    get weight() {
      return weight;
    },
    note(codes, { step, steps }) {
      let above = 0;
      for (let e = 0; e < codes.length; e++) if (codes[e] > 0) above++;
      const wanted = known === undefined ? wantedAt(step / steps, latents, nonzeros) : nonzeros;
      weight = followed(weight, (above * latents) / codes.length / wanted, RANGE / steps);
    },
  };
}

/** From half of the latents, where training begins, to the numbers aimed at, in equal ratios. */
function wantedAt(done: number, latents: number, nonzeros: number): number {
  const first = Math.max(latents / 2, nonzeros);
  return first * exp(Math.min(1, done / FALLING) * log(nonzeros / first));
}

/** The weight after a step that had `ratio` times the numbers wanted: more where that is above 1. */
function followed(weight: number, ratio: number, pace: number): number {
  const off = ratio > 0 ? Math.min(1, Math.max(-1, log(ratio))) : -1;
  return weight * exp(pace * off);
}
