import { exp } from '../../../core/numeric.ts';
import { normalTail } from '../../../numerics/laws/normal.ts';

const ROOT_TWO_PI = 2.5066282746310002;

/** Beyond, the rational function is not meant to be used. */
const END = 7;

/** Hart's rational function for e^(z²/2)·P(Z > z), algorithm 5666, from the highest power down. */
const ABOVE = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const BELOW = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

/**
 * Φ(z) and φ(z) of many numbers at once, with one exponential each: a third of the time of `normalTail`. Absolute
 * error of Φ below 10⁻¹⁵; small tails are less exact in relation to themselves, 3·10⁻⁹.
 */
export function normalsInto(
  z: Float64Array,
  cumulative: Float64Array,
  density: Float64Array,
): void {
  for (let e = 0; e < z.length; e++) {
    const x = Math.abs(z[e]);
    const bell = exp(-0.5 * x * x);
    let above = ABOVE[0];
    let below = BELOW[0];
    for (let k = 1; k < ABOVE.length; k++) above = above * x + ABOVE[k];
    for (let k = 1; k < BELOW.length; k++) below = below * x + BELOW[k];
    const tail = x < END ? (bell * above) / below : normalTail(x);
    cumulative[e] = z[e] < 0 ? tail : 1 - tail;
    density[e] = bell / ROOT_TWO_PI;
  }
}
