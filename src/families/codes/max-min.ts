import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineCode } from './define.ts';
import { solvePacking } from './solver/solve.ts';
import { codeOf } from './support/code-of.ts';
import { requireProblem } from './support/problem.ts';
import { searchOptions } from './support/search-options.ts';
import type { Code, CodeProblem } from './types.ts';

/**
 * Max–min codes by search: n points of S^{d−1} whose smallest angle is as large as basin hopping
 * finds.
 *
 *     maximise min_{i<j} ∠(xᵢ, xⱼ) over X, n × d with unit rows
 *
 * Every start relaxes elastic disks, Σ max(0, D − ‖xᵢ − xⱼ‖)², at a diameter D just above what
 * fits, hops between their minima, lowers the excess to 1e-6, and ends with Newton's method on the
 * contacts, which are chosen by their multipliers. A local optimum, stationary to rounding; that it
 * is the best is proven only by a bound.
 *
 * @remarks Use it to study the search itself; for points to use take `best-code`, which tries this
 * beside constructions and stored starts and adds a certificate. The number of local optima grows
 * fast with n: a few chains find the best of a dozen points, of a hundred more `chains` or
 * `seconds` find better ones. One look at all pairs is O(n²d).
 * @example
 * import { maxMin } from 'tammes/codes';
 *
 * // Seven points on the sphere: 77.869542° is the best, as Schütte and van der Waerden proved in 1951.
 * const { minAngleDeg, contacts } = await maxMin({ n: 7, d: 3 }, { chains: 4 });
 * console.log(minAngleDeg.toFixed(6), contacts); // 77.869542 12
 * @function
 */
export const maxMin = /* @__PURE__ */ defineCode({
  id: 'max-min',
  title: 'Max–min codes by basin hopping and active sets',
  summary: 'Searches n points of the sphere whose smallest angle is as large as possible.',
  references: [
    cite(sources.iteratedDynamicNeighborhoodSearch, 'elastic energy of overlapping disks'),
    cite(sources.basinHopping, 'Section II'),
  ],
  options: searchOptions,
  deviations: [
    'The disks are settled at an excess of 0.4 % and ranked by the diameter that would fit, D − Σh²/Σh, instead of by energy at a fixed diameter.',
  ],
  async compute(problem: CodeProblem, { seed, chains, patience, seconds }, run): Promise<Code> {
    requireProblem('max-min', problem);
    const { n, d, kept } = problem;
    const solved = await solvePacking(
      { n, d, kept: kept?.data },
      {
        seed,
        chains,
        patience,
        seconds,
        threads: run.options.threads,
        onState: run.options.onState,
      },
      run,
    );
    return codeOf(solved, d, 'random');
  },
});
