import { OptionError } from '../../core/errors.ts';

/**
 * The multiplication table of the numbers of n parts, n a power of two: 2 complex, 4 quaternions, 8 octonions, by
 * (a, b)·(c, d) = (a·c − d̄·b, d·a + b·c̄).
 *
 *     (s·x)_p = Σ_i Σ_q A_i[p, q]·s_i·x_q
 *
 * A is n × n × n, A_i[p, q] at (i·n + p)·n + q, each −1, 0 or 1: s·x is the product of s and x, s on the left.
 */
export function cayleyDicksonTable(n: number): Float64Array {
  if (!Number.isInteger(Math.log2(n)))
    throw new OptionError('cayleyDicksonTable', 'n', 'a power of two', n);
  const table = new Float64Array(n ** 3);
  // The product of the units i and q is ± the unit i xor q.
  for (let i = 0; i < n; i++)
    for (let q = 0; q < n; q++) table[(i * n + (i ^ q)) * n + q] = signOf(i, q, n);
  return table;
}

/** Of the product of the units i and q among those of n parts. */
function signOf(i: number, q: number, n: number): number {
  if (n === 1) return 1;
  const half = n / 2;
  const [inner, outer] = [i % half, q % half];
  const conjugate = (unit: number) => (unit === 0 ? 1 : -1);
  if (i < half && q < half) return signOf(inner, outer, half);
  if (i < half) return signOf(outer, inner, half);
  if (q < half) return conjugate(outer) * signOf(inner, outer, half);
  return -conjugate(outer) * signOf(outer, inner, half);
}
