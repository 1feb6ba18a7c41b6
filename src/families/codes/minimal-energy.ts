import { matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { defineCode } from './define.ts';
import { leastEnergy } from './solver/energy-search.ts';
import { separationWithin } from './solver/separation.ts';
import { Watch } from './solver/watch.ts';
import { requireProblem } from './support/problem.ts';
import { searchOptions } from './support/search-options.ts';
import type { Code, CodeProblem } from './types.ts';

/** Points of least energy. */
export interface EnergyCode extends Code {
  /** NaN where there was no time to add it up. */
  readonly energy: number;
  /** The exponent s of the energy; 0 is the logarithmic one. */
  readonly exponent: number;
}

/**
 * Points of least Riesz energy on the sphere: Thomson's problem and its kin.
 *
 *     minimise Σ_{i<j} ‖xᵢ − xⱼ‖^(−s) over X, n × d with unit rows
 *
 * s = 1 is Thomson's problem (charges), s = 0 the logarithmic energy −Σ ln ‖xᵢ − xⱼ‖, and s → ∞ the
 * max–min problem. Basin hopping from random (on S² also symmetric) starts, minima to rounding.
 *
 * @remarks Use it for points that are even at every scale, as for quadrature and sampling; where
 * only the smallest angle counts take `best-code`. `energy` is the sum over pairs, each counted
 * once. The result is a local minimum, for few points mostly the best known one; for more, `chains`
 * or `seconds` buy better ones. Every step costs O(n²d).
 * @example
 * import { minimalEnergy } from 'tammes/codes';
 *
 * // Twelve charges form the icosahedron, with energy 49.165253058.
 * const { energy, minAngleDeg } = await minimalEnergy({ n: 12, d: 3 }, { chains: 2 });
 * console.log(energy.toFixed(9), minAngleDeg.toFixed(4)); // 49.165253058 63.4349
 * @function
 */
export const minimalEnergy = /* @__PURE__ */ defineCode({
  id: 'minimal-energy',
  title: 'Minimal Riesz energy (Thomson problem)',
  summary: 'Searches n points of the sphere with the least Riesz energy.',
  references: [cite(sources.distributingManyPoints, 'extremal energy problems')],
  options: {
    exponent: number(1, 'Exponent of the energy; 0 is the logarithmic one.', {
      min: 0,
      max: 64,
      symbol: 's',
    }),
    ...searchOptions,
    patience: integer(20, 'Moves without gain after which a start is given up.', { min: 0 }),
  },
  async compute(problem: CodeProblem, options, run): Promise<EnergyCode> {
    requireProblem('minimal-energy', problem);
    const { n, d, kept } = problem;
    const { exponent, seed, patience, seconds } = options;
    const end = seconds > 0 ? performance.now() + 1000 * seconds : Infinity;
    const watch = Watch.until(end, run);
    watch.stage = 'energy';
    const chains = seconds > 0 ? Infinity : options.chains || defaultChains(n, d);
    const random = Random.fromSeed(seed).fork('energy');
    const limits = { chains, patience };
    const found = await leastEnergy({ n, d, kept: kept?.data }, exponent, limits, random, watch);
    const { chord, contacts } = await separationWithin(found.points, d, watch.forFinishing());
    return {
      points: matrix(found.points, n, d),
      energy: found.energy ?? NaN,
      exponent,
      cosine: 1 - chord ** 2 / 2,
      minAngleDeg: (angleOfChord(chord) * 180) / Math.PI,
      contacts,
      start: 'random',
    };
  },
});

const defaultChains = (n: number, d: number): number =>
  Math.max(1, Math.min(20, Math.round(3e5 / (n * n * d))));
