import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import type { CertifiedCode } from './best-code.ts';
import { lineBounds } from './bounds/index.ts';
import { certificateOf } from './certificate/certificate.ts';
import { lineConstructionFor } from './constructions/index.ts';
import { defineCode } from './define.ts';
import { separationWithin } from './solver/separation.ts';
import { solvePacking } from './solver/solve.ts';
import { Watch } from './solver/watch.ts';
import { codeOf } from './support/code-of.ts';
import { requireProblem } from './support/problem.ts';
import { searchOptions } from './support/search-options.ts';
import type { Code } from './types.ts';

/** n lines through the origin of R^d. */
export interface LineProblem {
  readonly n: number;
  readonly d: number;
}

/**
 * Codes for lines: n unit vectors whose largest |cos| is as small as possible.
 *
 *     minimise max_{i<j} |⟨xᵢ, xⱼ⟩| over X, n × d with unit rows
 *
 * as for points, with y and −y taken as one. The certificate's angle is that between the lines,
 * arccos max |cos|; its bounds are Welch's, the orthoplex and Levenshtein's.
 *
 * @remarks Use it for fixed class vectors and dictionaries, where a vector and its opposite mean
 * the same; where they do not, `best-code` reaches wider angles. The result is a local optimum
 * unless `certificate.provenOptimal`; angles are at most 90°, and for n ≤ d exactly that. Known
 * constructions are tried first, then a search of a fixed amount of work, or of `seconds`; one look
 * at all pairs is O(n²d).
 * @example
 * import { lineCode } from 'tammes/codes';
 *
 * // Six lines in three dimensions: the diagonals of the icosahedron, |cos| = 1/√5.
 * const { cosine, certificate } = await lineCode({ n: 6, d: 3 });
 * console.log(cosine.toFixed(6), (1 / Math.sqrt(5)).toFixed(6)); // 0.447214 0.447214
 * console.log(certificate.minAngleDeg.toFixed(4), certificate.provenOptimal); // 63.4349 true
 * @function
 */
export const lineCode = /* @__PURE__ */ defineCode({
  id: 'line-code',
  title: 'Codes for lines (Grassmannian packings)',
  summary: 'Searches n lines whose largest |cos| is as small as possible.',
  references: [
    cite(sources.packingLinesAndPlanes, 'the problem, G(m, 1)'),
    cite(papers.equiangularBasisVectors, 'the use: fixed class vectors'),
  ],
  options: searchOptions,
  async compute({ n, d }: LineProblem, options, run): Promise<CertifiedCode> {
    requireProblem('line-code', { n, d });
    const began = performance.now();
    const end = options.seconds > 0 ? began + 1000 * options.seconds : Infinity;
    const codes: Code[] = [];
    const constructed = lineConstructionFor(n, d);
    if (constructed) {
      const { points, name, deg, cosine, exactCosine } = constructed;
      const counting = Watch.until(end, run);
      const { contacts } = await separationWithin(points.data, d, counting, true);
      const code = { points, cosine, minAngleDeg: deg, contacts, exactCosine };
      codes.push({ ...code, start: 'construction', construction: name });
    }
    const met = constructed && lineBounds(n, d)[0].deg - constructed.deg <= 1e-12;
    if (!met) {
      const { seed, chains, patience, seconds } = options;
      const limits = { seed, chains, patience, seconds, threads: run.options.threads };
      codes.push(codeOf(await solvePacking({ n, d, lines: true }, limits, run), d, 'random'));
    }
    const angle = ({ minAngleDeg }: Code) => (Number.isNaN(minAngleDeg) ? -1 : minAngleDeg);
    const best = codes.reduce((a, b) => (angle(b) > angle(a) + 1e-12 ? b : a));
    const certificate = await certificateOf(
      { ...best, n, d },
      {
        lines: true,
        seconds: (performance.now() - began) / 1000,
        seed: options.seed,
        end,
        run,
      },
    );
    return { ...best, certificate };
  },
});
