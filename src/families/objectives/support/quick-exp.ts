import { exp } from '../../../core/numeric.ts';

/** Steps of the table in a factor of 2. */
const STEPS = 256;
const STEP = Math.LN2 / STEPS;
const LEAST = -708;

/** 2^(j/256). */
const FRACTIONS = /* @__PURE__ */ Float64Array.from({ length: STEPS }, (_, j) => exp(j * STEP));
/** 2^(e − 1022) for e = 0 … 1022. */
const POWERS = /* @__PURE__ */ powersToOne();

function powersToOne(): Float64Array {
  const powers = new Float64Array(1023).fill(1);
  for (let e = 1021; e >= 0; e--) powers[e] = powers[e + 1] / 2;
  return powers;
}

/**
 * eˣ for x ≤ 0, within 1e-13 of its value and the same bits everywhere, in a fifth of the time of `exp`: for
 * softmaxes over n² pairs. 0 below −708.
 */
export function quickExp(x: number): number {
  if (!(x > LEAST)) return Number.isNaN(x) ? x : 0;
  // A sum over the largest exponent may round to a little above it.
  if (x > 0) return exp(x);
  const k = Math.floor(x / STEP + 0.5);
  const r = x - k * STEP;
  const rest = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r / 24)));
  return rest * FRACTIONS[k & (STEPS - 1)] * POWERS[(k >> 8) + 1022];
}
