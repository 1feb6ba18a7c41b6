// The law of the dip of n uniform numbers: `npm run build && node bench/dip-law.mjs`.
//
// Prints the quantiles of √n times the dip, the table of src/numerics/laws/dip.ts.
import { log } from '../dist/core/numeric.js';
import { Random } from '../dist/core/random.js';
import { dipOf } from '../dist/families/metrics/neighborhoods/support/dip.js';

const SIZES = [4, 6, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 4000];
const TAILS = [
  0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001,
];

/** Values that are drawn for one size. */
const VALUES = 4e7;
const MOST_SETS = 200_000;

/** n ordered uniform numbers but for their scale, which the dip does not see: sums of exponentials. */
function ordered(n, random) {
  const x = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum -= log(1 - random.uniform());
    x[i] = sum;
  }
  return x;
}

for (const n of SIZES) {
  const random = Random.fromSeed(n);
  const sets = Math.min(MOST_SETS, Math.floor(VALUES / n));
  const dips = Float64Array.from(
    { length: sets },
    (_, r) => Math.sqrt(n) * dipOf(ordered(n, random.fork(r))),
  ).sort();
  const quantiles = TAILS.map((tail) => dips[Math.round((1 - tail) * (sets - 1))].toFixed(4));
  console.log(`  [${n}, [${quantiles.join(', ')}]],`);
}
