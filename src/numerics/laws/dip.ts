import { exp, log } from '../../core/numeric.ts';

/** P(√n·dip > q) of the quantiles of each line of `QUANTILES`. */
const TAILS = [
  0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001,
];

/** Quantiles of √n times the dip of n uniform numbers; made by `node bench/dip-law.mjs`. */
const QUANTILES: readonly (readonly [number, readonly number[]])[] = [
  [
    4,
    [
      0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.2651, 0.315, 0.3749, 0.4143, 0.4474, 0.4636,
      0.4748, 0.4844, 0.4893,
    ],
  ],
  [
    6,
    [
      0.2041, 0.2041, 0.2041, 0.2261, 0.2543, 0.2788, 0.3013, 0.3228, 0.344, 0.3662, 0.39, 0.4038,
      0.44, 0.4712, 0.4968, 0.5244, 0.5392,
    ],
  ],
  [
    10,
    [
      0.193, 0.2272, 0.2463, 0.2696, 0.2854, 0.2981, 0.309, 0.3229, 0.3475, 0.3758, 0.413, 0.4418,
      0.4768, 0.5046, 0.5268, 0.5531, 0.5692,
    ],
  ],
  [
    15,
    [
      0.2116, 0.2363, 0.2488, 0.2679, 0.2884, 0.3065, 0.3238, 0.3414, 0.3608, 0.3858, 0.4259,
      0.4593, 0.4989, 0.5265, 0.5508, 0.5792, 0.5993,
    ],
  ],
  [
    20,
    [
      0.2123, 0.2356, 0.254, 0.2774, 0.2951, 0.3113, 0.3278, 0.347, 0.3684, 0.3949, 0.4348, 0.4701,
      0.5111, 0.5385, 0.5649, 0.5987, 0.6216,
    ],
  ],
  [
    30,
    [
      0.2175, 0.2437, 0.2598, 0.2832, 0.3018, 0.3193, 0.3368, 0.3558, 0.3777, 0.4052, 0.4462,
      0.4828, 0.5258, 0.5543, 0.5828, 0.6191, 0.6422,
    ],
  ],
  [
    50,
    [
      0.2222, 0.2495, 0.2669, 0.2904, 0.3094, 0.3273, 0.3454, 0.3648, 0.3872, 0.4155, 0.4581, 0.496,
      0.5418, 0.5734, 0.6008, 0.6377, 0.6603,
    ],
  ],
  [
    100,
    [
      0.2289, 0.2568, 0.2743, 0.2984, 0.3182, 0.3365, 0.3552, 0.3751, 0.3983, 0.4277, 0.4716, 0.511,
      0.5569, 0.589, 0.6188, 0.6571, 0.6863,
    ],
  ],
  [
    200,
    [
      0.2334, 0.262, 0.2797, 0.3044, 0.3242, 0.3428, 0.3617, 0.3821, 0.4056, 0.4351, 0.481, 0.5214,
      0.5706, 0.6038, 0.6341, 0.6723, 0.7013,
    ],
  ],
  [
    500,
    [
      0.2389, 0.2672, 0.2852, 0.3101, 0.3302, 0.3494, 0.3683, 0.389, 0.4129, 0.4432, 0.4892, 0.53,
      0.58, 0.6139, 0.6461, 0.6865, 0.7171,
    ],
  ],
  [
    1000,
    [
      0.24, 0.2707, 0.2887, 0.3135, 0.3336, 0.3527, 0.3715, 0.3929, 0.4175, 0.4483, 0.4961, 0.5364,
      0.5874, 0.6201, 0.6513, 0.6879, 0.7153,
    ],
  ],
  [
    4000,
    [
      0.2434, 0.2725, 0.2919, 0.3163, 0.3368, 0.3563, 0.3757, 0.3967, 0.4199, 0.4498, 0.4966,
      0.5392, 0.5879, 0.624, 0.6647, 0.711, 0.7317,
    ],
  ],
];

/**
 * P(dip ≥ the one given) for n independent uniform numbers, the law with one mode that dips most of all
 * (for large n). Between the simulated sizes √n·dip is linear in 1/√n; beyond the last one it is as there, a hundredth below its limit;
 * below 1/1,000 ln P is linear in its square, as for every supremum of a Gaussian process.
 */
export function dipPValue(dip: number, n: number): number {
  const quantiles = quantilesOf(n);
  const scaled = Math.sqrt(n) * dip;
  const last = TAILS.length - 1;
  if (scaled <= quantiles[0]) return 1 - (1 - TAILS[0]) * Math.min(1, scaled / quantiles[0]);
  if (scaled > quantiles[last]) {
    const before = last - 3;
    const slope =
      log(TAILS[before] / TAILS[last]) / (quantiles[last] ** 2 - quantiles[before] ** 2);
    return TAILS[last] * exp(slope * (quantiles[last] ** 2 - scaled ** 2));
  }
  const at = quantiles.findIndex((quantile) => quantile >= scaled);
  const share = (scaled - quantiles[at - 1]) / (quantiles[at] - quantiles[at - 1]);
  return TAILS[at - 1] + share * (TAILS[at] - TAILS[at - 1]);
}

/** The dip that n uniform numbers exceed with one of the probabilities 0.99 to 0.001 of the table. */
export function dipQuantile(tail: number, n: number): number {
  const at = TAILS.findIndex((known) => known <= tail);
  const quantiles = quantilesOf(n);
  if (at <= 0) return quantiles[0] / Math.sqrt(n);
  const share = (TAILS[at - 1] - tail) / (TAILS[at - 1] - TAILS[at]);
  const scaled = quantiles[at - 1] + share * (quantiles[at] - quantiles[at - 1]);
  return scaled / Math.sqrt(n);
}

function quantilesOf(n: number): readonly number[] {
  const above = QUANTILES.findIndex(([size]) => size >= n);
  if (above <= 0) return QUANTILES[above === 0 ? 0 : QUANTILES.length - 1][1];
  const [[small, low], [large, high]] = [QUANTILES[above - 1], QUANTILES[above]];
  const place = 1 / Math.sqrt(n);
  const share = (1 / Math.sqrt(small) - place) / (1 / Math.sqrt(small) - 1 / Math.sqrt(large));
  return low.map((quantile, q) => quantile + share * (high[q] - quantile));
}
