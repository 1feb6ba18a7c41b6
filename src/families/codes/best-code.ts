import { InternalError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean } from '../../method/options.ts';
import { degreesOf } from './bounds/bound.ts';
import { upperBounds } from './bounds/index.ts';
import { exactCensus } from './certificate/census.ts';
import { type Certificate, certificateOf } from './certificate/certificate.ts';
import { type ConstructedCode, constructionFor } from './constructions/index.ts';
import { defineCode } from './define.ts';
import { compareQuadratics } from './exact/quadratic.ts';
import { separationWithin } from './solver/separation.ts';
import { solveNear, solvePacking } from './solver/solve.ts';
import { ifTimeAllows, Watch } from './solver/watch.ts';
import { bestKnown, storedStart } from './stored/index.ts';
import { codeOf } from './support/code-of.ts';
import { requireProblem } from './support/problem.ts';
import { searchOptions } from './support/search-options.ts';
import type { Code, CodeProblem } from './types.ts';

/** A code with the proof of how good it is. */
export interface CertifiedCode extends Code {
  readonly certificate: Certificate;
}

/** Multiplications in one look at all pairs, n²d, up to which a search is worth the while. */
const MOST_TO_SEARCH = 1e8;
/** Up to which the pairs of a construction are counted: half a minute. */
const MOST_TO_COUNT = 1e11;

/** A construction this near to the bound is not searched any further without a time of its own. */
const NEAR_BOUND_DEG = 0.5;

/** Share of the time for improving a construction, before starts at random. */
const IMPROVING_SHARE = 0.4;

/**
 * The best code there is a way to: constructions, starts found offline, and search, with a
 * certificate.
 *
 *     maximise min_{i<j} ∠(xᵢ, xⱼ) over X, n × d with unit rows
 *
 * A construction that meets a proven bound, or that nobody has beaten, is returned as it is (the
 * latter only where no time to search is given). Otherwise the best of: the construction, the local
 * optimum next to it, the one next to the stored start (d = 3), and the search from random points,
 * each where it is worth the while.
 *
 * @remarks Use it for prototypes, codebooks and fixed class vectors: points as far apart as
 * possible. `certificate` says how good they are: the tightest proven upper bound, the distance to
 * it in degrees, and the best published angle where there is one; `provenOptimal` only where a
 * bound checked here is met. For n ≤ 2d the answer is exact and immediate; otherwise it is a local
 * optimum, and `seconds` buys a longer search. Beyond n²d = 10⁸ a construction is taken as it is,
 * unless time is given.
 * @example
 * import { bestCode } from 'tammes/codes';
 *
 * // Twelve points in three dimensions: the icosahedron, which nothing can beat.
 * const { certificate } = await bestCode({ n: 12, d: 3 });
 * const { construction, exactCosine, minAngleDeg, provenOptimal } = certificate;
 * console.log(construction, minAngleDeg.toFixed(4)); // icosahedron 63.4349
 * console.log(exactCosine, provenOptimal); // √5/5 true
 *
 * // Thirteen: no bound is met here, and the certificate says how much may be missing.
 * const { certificate: next } = await bestCode({ n: 13, d: 3 });
 * console.log(next.minAngleDeg.toFixed(4), next.gapToBoundDeg.toFixed(2)); // 57.1367 3.28
 * @function
 */
export const bestCode = /* @__PURE__ */ defineCode({
  id: 'best-code',
  title: 'Best known codes',
  summary: 'The best of constructions, stored starts and search, with a certificate.',
  references: [cite(sources.placesOfExitOnPollenGrains, 'the problem')],
  options: {
    ...searchOptions,
    fresh: boolean(false, 'Search without the starts that were found offline.'),
  },
  async compute(problem: CodeProblem, options, run): Promise<CertifiedCode> {
    requireProblem('best-code', problem);
    const began = performance.now();
    const { n, d, kept } = problem;
    const { seed, fresh, chains, patience, seconds } = options;
    const given = seconds > 0;
    const end = given ? began + 1000 * seconds : Infinity;
    const unfinished: string[] = [];
    const certified = async (code: Code): Promise<CertifiedCode> => {
      const certificate = await certificateOf(
        { ...code, n, d },
        {
          seconds: (performance.now() - began) / 1000,
          seed,
          end,
          run,
          unfinished,
        },
      );
      return { ...code, certificate };
    };

    const constructed = kept ? null : constructionFor(n, d);
    const candidates: Code[] = [];
    if (constructed) {
      const code = await constructionCode(constructed, n, Watch.until(end, run));
      candidates.push(code);
      if (code.contacts === null && performance.now() >= end) {
        unfinished.push('pairs at the smallest angle not counted: time.');
      }
    }
    const gap = constructed ? upperBounds(n, d)[0].deg - constructed.deg : Infinity;
    if (constructed && nothingBetter(constructed, n, d, given)) return certified(candidates[0]);

    const start = fresh || kept ? undefined : storedStart(n, d);
    if (start) {
      candidates.push(codeOf(await solveNear({ n, d }, start, Watch.until(end, run)), d, 'stored'));
      if (!given) return certified(best(candidates));
    }
    const small = n * n * d <= MOST_TO_SEARCH;
    if (constructed && (given || (small && gap > NEAR_BOUND_DEG))) {
      const share = given ? began + 1000 * seconds * IMPROVING_SHARE : Infinity;
      const solved = await solveNear({ n, d }, constructed.points.data, Watch.until(share, run));
      candidates.push({ ...codeOf(solved, d, 'improved'), construction: constructed.name });
    }
    if (!constructed || given || (small && gap > NEAR_BOUND_DEG)) {
      const left = seconds - (performance.now() - began) / 1000;
      const solved = await solvePacking(
        { n, d, kept: kept?.data },
        {
          seed,
          chains,
          patience,
          seconds: given ? Math.max(left, 1e-3) : 0,
          threads: run.options.threads,
        },
        run,
      );
      candidates.push(codeOf(solved, d, 'random'));
    }
    return certified(best(candidates));
  },
});

/** The widest; of equals (to rounding) the first, so that exact codes are preferred. */
function best(codes: readonly Code[]): Code {
  const angle = ({ minAngleDeg }: Code) => (Number.isNaN(minAngleDeg) ? -1 : minAngleDeg);
  return codes.reduce((a, b) => (angle(b) > angle(a) + 1e-12 ? b : a));
}

/**
 * Whether a proof, checked here or published, says that a construction cannot be beaten, or, without
 * a time to search, nobody has beaten it.
 */
function nothingBetter(
  { exactCosine, deg }: ConstructedCode,
  n: number,
  d: number,
  given: boolean,
): boolean {
  const known = bestKnown(n, d);
  if (known && known.deg - deg <= 1e-12 && (known.proof || !given)) return true;
  const [bound] = upperBounds(n, d);
  if (exactCosine && bound.exact) return compareQuadratics(exactCosine, bound.exact) === 0;
  return bound.deg - deg <= 1e-12;
}

/** A construction as a code; its largest cosine is found anew from its coordinates. */
async function constructionCode(
  constructed: ConstructedCode,
  n: number,
  watch: Watch,
): Promise<Code> {
  const { name, exact, exactCosine, cosine, deg } = constructed;
  const { data, rows, cols } = constructed.points;
  const code = {
    points: matrix(data, rows, cols),
    start: 'construction',
    construction: name,
  } as const;
  const census = await ifTimeAllows(() => exactCensus(exact, n, watch));
  if (census) {
    const minAngleDeg = degreesOf(census.cosine);
    return { ...code, cosine, minAngleDeg, contacts: census.contacts, exactCosine: census.cosine };
  }
  if (n * n * cols > MOST_TO_COUNT || watch.timeIsUp()) {
    return { ...code, cosine, minAngleDeg: deg, contacts: null, exactCosine };
  }
  const { chord, contacts } = await separationWithin(data, cols, watch);
  if (1 - chord ** 2 / 2 > cosine + 1e-9) {
    throw new InternalError('best-code', `${name} has a larger cosine than ${cosine}.`);
  }
  return { ...code, cosine, minAngleDeg: deg, contacts, exactCosine };
}
