import { exp, log } from '../../core/numeric.ts';

/** Two-sided 95 % of a normal law: P(|Z| ≤ z) = 0.95. */
export const Z95 = 1.959963984540054;

const ROOT_TWO_PI = 2.5066282746310002;
/** Below, the power series; above, the continued fraction. */
const SERIES_END = 2.5;

/** P(Z > z) for Z standard normal, without loss in the tail. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = exp(-0.5 * z * z) / ROOT_TWO_PI;
  if (z < SERIES_END) {
    let term = z;
    let sum = z;
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = Math.ceil(15 + 400 / (z * z)); k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
}

/** Coefficients of Wichura's three rational functions, numerator before denominator. */
const MIDDLE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
];
const NEAR_TAIL = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const FAR_TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];

/** The z with P(Z ≤ z) = p, 0 < p < 1; relative error about 1e-15 (Wichura, AS 241, 1988). */
export function normalQuantile(p: number): number {
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) {
    return centred * ratio(MIDDLE, 0.180625 - centred * centred);
  }
  const depth = Math.sqrt(-log(Math.min(p, 1 - p)));
  const z = depth <= 5 ? ratio(NEAR_TAIL, depth - 1.6) : ratio(FAR_TAIL, depth - 5);
  return centred < 0 ? -z : z;
}

function ratio([above, below]: readonly (readonly number[])[], x: number): number {
  let [a, b] = [0, 0];
  for (let i = above.length - 1; i >= 0; i--) {
    a = a * x + above[i];
    b = b * x + below[i];
  }
  return a / b;
}
