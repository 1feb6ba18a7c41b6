import { alike, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, integer, number } from '../../method/options.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { meanReciprocalRank, partnerRanks } from '../../structures/retrieval/partner-ranks.ts';
import { defineAlignment } from './define.ts';
import {
  type Canonical,
  canonicalDirections,
  canonicalParts,
  chosenDirections,
} from './support/canonical.ts';
import { type Paired, splits } from './support/held-out.ts';
import type { FitContext } from './types.ts';

const RIDGES = [0.001, 0.01, 0.1, 1];
const COUNTS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000];
/** With fewer pairs none is held out. */
const FEWEST_TO_HOLD_OUT = 20;
const USUAL_RIDGE = 0.1;
/** At most so many pairs are held out. */
const MOST_HELD_OUT = 1000;

/**
 * Canonical correlation: k directions in each space along which the pairs agree, where rows of both are compared.
 *
 *     y = (x − μ_A)·(A₀ᵀA₀ + λI)^{−½}·Uₖ·Σₖ^{½},   and V and B in place of U and A for rows of B,
 *     UΣVᵀ = (A₀ᵀA₀ + λI)^{−½} A₀ᵀB₀ (B₀ᵀB₀ + λI)^{−½}
 *
 * with A₀, B₀ the p × d and p × e paired rows less their means, Σ the correlations, and λ a share of the mean eigenvalue of
 * each side. A cosine of two rows then weighs each direction by its correlation; without the weights, directions that
 * hardly correlate count as much as the others, and recall falls where k grows. Where `directions` or `ridge` is 0, they
 * are those with the best mean reciprocal rank of partners held out, of equal ones those that keep more directions.
 * O((p + d)d² + (p + e)e²) time.
 *
 * @remarks Use it first where the spaces come from models of different kinds: what only one of them knows is left out.
 * Its rows live between the spaces: move those of B too (`--side b`).
 * @example
 * import { matrix } from 'tammes';
 * import { ccaSubspace } from 'tammes/alignment';
 *
 * // Only the first columns belong together.
 * const a = matrix(new Float64Array([1, 1, 2, -1, 3, -1, 4, 1]), 4, 2);
 * const b = matrix(new Float64Array([-2, 1, -4, 1, -6, -1, -8, -1]), 4, 2);
 * const { facts } = await ccaSubspace({ a, b }, { directions: 1, ridge: 1e-9 });
 * console.log(facts.firstCorrelation.toFixed(3)); // 1.000
 * @function
 */
export const ccaSubspace = /* @__PURE__ */ defineAlignment({
  id: 'cca-subspace',
  title: 'Canonical subspace',
  summary: 'The directions along which both spaces agree, weighted by how much they do.',
  references: [
    cite(
      papers.escapingPlatosCaveAlignment3dText,
      'a subspace of canonical directions for each space',
    ),
    cite(sources.relationsBetweenTwoSetsOfVariates, 'canonical correlation'),
  ],
  fewestPairs: 3,
  into: 'between',
  options: {
    directions: integer(0, 'Directions kept; 0: as many as do best on pairs held out.', {
      min: 0,
      max: 1e6,
      symbol: 'k',
    }),
    ridge: number(
      0,
      'Ridge as a share of the mean variance along the axes of each side; 0: the one that does best on pairs held out.',
      { min: 0, max: 1e6, symbol: 'λ' },
    ),
    weighted: boolean(true, 'Weigh directions by the root of their correlation.'),
  },
  async fit({ paired }, options, context) {
    const { weighted } = options;
    const { ridge, directions: wanted } = await chosen(paired, options, context);
    const all = await canonicalDirections(await canonicalParts(paired, context), ridge, context);
    const most = all.correlations.length;
    const k = Math.min(wanted || most, most);
    const { means, correlations, a, b } = chosenDirections(all, k, weighted);
    const warnings =
      options.directions > most
        ? [`These pairs have ${most} canonical directions: it keeps all of them.`]
        : [];
    return {
      settings: { ridge, directions: k },
      arrays: {
        fromA: matrix(means.a, 1, means.a.length),
        fromB: matrix(means.b, 1, means.b.length),
        a,
        b,
        correlations: matrix(correlations, 1, k),
      },
      facts: { ridge, directions: k, firstCorrelation: correlations[0] },
      warnings,
    };
  },
  move({ arrays }, rows, side, { engine, work }) {
    const from = side === 'a' ? arrays['fromA'] : arrays['fromB'];
    return engine.matmul(lessRow(rows, from.data), alike(arrays[side], rows), {}, work);
  },
});

interface Choice {
  readonly directions: number;
  readonly ridge: number;
}

/** What was given, and for what was not, the choice that finds most partners among pairs held out. */
async function chosen(
  paired: Paired,
  { directions, ridge, weighted }: Choice & { readonly weighted: boolean },
  context: FitContext,
): Promise<Choice> {
  if (directions > 0 && ridge > 0) return { directions, ridge };
  const p = paired.a.rows;
  if (p < FEWEST_TO_HOLD_OUT) return { directions, ridge: ridge || USUAL_RIDGE };
  const parts = Math.max(5, Math.ceil(p / MOST_HELD_OUT));
  const [{ fitted, judged }] = splits(paired, parts, context.random.fork('held out'));
  const common = await canonicalParts(fitted, context);
  let best = { directions, ridge, score: -1 };
  for (const candidate of ridge > 0 ? [ridge] : RIDGES) {
    const all = await canonicalDirections(common, candidate, context);
    const most = all.correlations.length;
    const counts = directions > 0 ? [directions] : [...COUNTS.filter((k) => k < most), most];
    for (const k of counts) {
      const score = await scoreOf(chosenDirections(all, k, weighted), judged, context);
      // Of as good ones that with more directions: among more rows than these it tells more apart.
      if (score > best.score || (score === best.score && candidate === best.ridge))
        best = { directions: k, ridge: candidate, score };
    }
  }
  return best;
}

async function scoreOf(
  { means, a, b }: Canonical,
  judged: Paired,
  context: FitContext,
): Promise<number> {
  const { engine, work } = context;
  const fromA = await engine.matmul(lessRow(judged.a, means.a), a, {}, work);
  const fromB = await engine.matmul(lessRow(judged.b, means.b), b, {}, work);
  const own = Int32Array.from({ length: judged.a.rows }, (_, i) => i);
  return meanReciprocalRank(await partnerRanks(fromA, fromB, own, context));
}
