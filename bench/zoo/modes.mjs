// Rows of one mode and of several. `truth` left out: the estimator's own mean over the repeats is the target.
import { clusters, directed, rowsOf, uniform } from './spaces.mjs';

const own = [{ id: 'dip-test' }];

/** Two populations about opposite ends of the first axis. */
const two = (n, d, apart) => (random) =>
  rowsOf(n, d, (i) =>
    Float64Array.from(
      { length: d },
      (_, c) => random.normal() + (c === 0 ? (i % 2 === 0 ? apart : -apart) : 0),
    ),
  );

export const cases = [
  { space: 'modes: uniform on the sphere of R¹⁰, 400 rows', draw: uniform(400, 10), metrics: own },
  {
    space: 'modes: von Mises–Fisher, κ = 20, on the sphere of R¹⁰, 400 rows',
    draw: directed(400, 10, 20),
    metrics: own,
  },
  {
    space: 'modes: two populations that touch in R¹⁰, 400 rows',
    draw: two(400, 10, 2),
    metrics: own,
  },
  {
    space: 'modes: two populations apart in R¹⁰, 400 rows',
    draw: two(400, 10, 4),
    metrics: own,
  },
  {
    space: 'modes: ten clusters of spread 0.1 in R¹⁶, 400 rows',
    draw: clusters(400, 16, 10, 0.1),
    metrics: own,
  },
];
