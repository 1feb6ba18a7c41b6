import type { Watch } from '../solver/watch.ts';
import type { Bound } from './bound.ts';
import { requirePoints, roundedBound, tightestFirst } from './bound.ts';
import type { Dual } from './delsarte-certificate.ts';
import { provesFewer } from './delsarte-certificate.ts';
import type { DualSolver } from './delsarte-program.ts';
import { dualSolver } from './delsarte-program.ts';
import { DELSARTE_COSINES } from './generated/delsarte-cosines.ts';
import { levenshteinCosine, levenshteinValue } from './levenshtein.ts';
import { sixHundredCell } from './six-hundred-cell.ts';
import { sphereBounds } from './sphere.ts';

/** In more dimensions, or past this member, Levenshtein's polynomial was optimal wherever tried. */
const MOST_DIMENSIONS = 32;
const LAST_MEMBER = 24;
const EXTRA_DEGREE = 10;
const LARGEST_DEGREE = 32;

/**
 * The Delsarte linear-programming bound on n points in R^d, where it beats Levenshtein's.
 *
 * Minimises Σ f_k over f_k ≥ 0 with 1 + Σ f_k P_k(t) ≤ 0 on [−1, s], and looks for the largest s at
 * which the minimum, proved anew in whole numbers, stays below n. Resolves to undefined where the
 * linear program has nothing to add.
 */
export async function linearProgrammingBound(
  n: number,
  d: number,
  watch?: Watch,
): Promise<Bound | undefined> {
  requirePoints('linearProgrammingBound', n, d);
  const exactProof = sixHundredCell(n, d);
  if (exactProof) return exactProof;
  const program = programOf(n, d);
  if (!program) return undefined;
  const { start, degree } = program;
  const known = d === 3 ? DELSARTE_COSINES[n] : undefined;
  const best = known ?? (await linearProgramOptimum(n, d, watch));
  if (best === undefined) return undefined;
  const solved = dualSolver(d, degree, watch);
  // The optimum touches n; a little to the left of it the exact bound is below n.
  for (let back = 1e-10; back < 1e-5; back *= 8) {
    const s = best - back;
    if (s <= start) return undefined;
    const dual = await solved(s, 1e-10);
    if (dual && provesFewer(dual, n)) {
      return roundedBound(
        {
          name: 'linear programming (Delsarte)',
          source: 'Delsarte, Goethals, Seidel, Spherical codes and designs, 1977',
          how: `polynomial of degree ${degree}, proved below ${n} in whole numbers`,
        },
        s,
      );
    }
  }
  return undefined;
}

/** Where Levenshtein's bound stands, and polynomials of which degree may beat it, if any may. */
function programOf(n: number, d: number): { start: number; degree: number } | undefined {
  if (d < 3 || d > MOST_DIMENSIONS || n <= 2 * d) return undefined;
  const start = levenshteinCosine(n, d);
  const { m } = levenshteinValue(start, d);
  if (m > LAST_MEMBER) return undefined;
  return { start, degree: Math.min(LARGEST_DEGREE, m + EXTRA_DEGREE) };
}

/** The s at which the optimum of the linear program reaches n, unproved; undefined as above. */
export async function linearProgramOptimum(
  n: number,
  d: number,
  watch?: Watch,
): Promise<number | undefined> {
  const program = programOf(n, d);
  if (!program) return undefined;
  const { start, degree } = program;
  return largestCosine(n, d, start, dualSolver(d, degree, watch));
}

/** Every proven bound on n points of the sphere, the linear program included, tightest first. */
export async function allUpperBounds(n: number, d: number, watch?: Watch): Promise<Bound[]> {
  const closed = sphereBounds(n, d);
  const linear = await linearProgrammingBound(n, d, watch);
  const known = closed.some((bound) => bound.name === linear?.name);
  return linear && !known ? tightestFirst([...closed, linear]) : closed;
}

/** The s at which the optimum of the linear program reaches n, by the secant method on its log. */
async function largestCosine(
  n: number,
  d: number,
  start: number,
  solve: DualSolver,
): Promise<number | undefined> {
  const excess = async (s: number, tolerance: number) => {
    const dual = await solve(s, tolerance);
    return dual && Math.log(total(dual) / n);
  };
  let tolerance = 1e-7;
  let [low, atLow] = [start, await excess(start, tolerance)];
  // A gain below this is the solver's own error.
  if (atLow === undefined || atLow > -1e-7) return undefined;
  // Levenshtein's L grows about as fast as the optimum.
  const nudge = (1 - start) * 1e-6;
  const growth = Math.log(levenshteinValue(start + nudge, d).value / n) / nudge;
  let step = (-1.05 * atLow) / growth;
  let high: number | undefined;
  let atHigh = 0;
  for (let tries = 0; tries < 40; tries++) {
    const aimed: number =
      high === undefined ? low + step : low - (atLow * (high - low)) / (atHigh - atLow);
    const value = await excess(aimed, tolerance);
    if (value === undefined) return undefined;
    if (Math.abs(value) < 1e-10) return aimed;
    // Far from the root a rough optimum points the way as well.
    tolerance = Math.min(tolerance, Math.max(1e-10, Math.abs(value) * 1e-4));
    if (value < 0) {
      [low, atLow] = [aimed, value];
      step *= 2;
      // The Illinois rule: halve a stale end, or the secant creeps.
      atHigh /= 2;
    } else {
      [high, atHigh] = [aimed, value];
    }
    if (high !== undefined && high - low < 1e-12) return low;
  }
  return low;
}

const total = ({ coefficients }: Dual): number => {
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) sum += coefficients[k];
  return sum;
};
