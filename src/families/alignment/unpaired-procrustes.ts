import { ShapeError } from '../../core/errors.ts';
import { gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, choice, integer } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';
import { defineAlignment } from './define.ts';
import { alongAxes, axesOf } from './support/axes.ts';
import { moveByRotation, type Refined, refinedRotation } from './support/rotation.ts';
import { axesStart, cosinesStart } from './support/rotation-starts.ts';
import { requireSpread } from './support/spread.ts';
import type { FitContext } from './types.ts';

/** Shapeless copies of B that say what agreement is worth. */
const CHANCES = 3;
/** Wrong maps of real and random spaces came to 0.85 to 1.07 times the chance, right ones to 1.13 times and more. */
const CLEARLY = 1.1;

/**
 * A rotation between two spaces, found without a single pair:
 *
 *     y = s·(x − μ_A)·R + μ_B,   s = √(mean ‖b − μ_B‖² / mean ‖a − μ_A‖²)
 *
 * R starts from what a rotation leaves as it is: `axes` lays the principal axes on one another, each turned by its third
 * moment; `cosines` matches rows that see the other rows at like cosines, by a transport plan between their sorted cosines
 * and ten rounds of the Gromov–Wasserstein plan. Then rounds of mutual nearest neighbours under cross-domain similarity
 * local scaling and the Procrustes rotation of these pairs, until the pairs repeat. Of both starts the one of larger
 * `agreement` is kept: the mean over A of 2·cos(y, b) − r(y) − r(b), b the best row of B, r the mean cosine to ten
 * neighbours. `chance` is the largest agreement of three maps to rows with the variances of B and nothing else of its shape.
 *
 * O(s²(d + e) + s³) time for the start of s rows, O(nm(d + e)) a round.
 *
 * @remarks Use it where no pairs are known and both spaces were made in like ways of like things, or one is a copy of the
 * other in disguise. Where pairs are known, ten of them and `procrustes --refine 10` are surer. Spaces of different models
 * and texts seldom have the same shape: then it finds a map all the same, and a warning says that it is a guess.
 * @example
 * import { matrix } from 'tammes';
 * import { unpairedProcrustes } from 'tammes/alignment';
 *
 * // B has the rows of A, turned by a quarter, in another order.
 * const a = matrix(new Float64Array([3, 0, 0, 1, -1, 0, 2, 1, -4, -2]), 5, 2);
 * const b = matrix(new Float64Array([2, -4, 0, 3, -1, 2, 0, -1, -1, 0]), 5, 2);
 * const { model } = await unpairedProcrustes({ a, b });
 * const { data } = await unpairedProcrustes.transform(model, a);
 * console.log(data[0].toFixed(3), data[1].toFixed(3)); // 0.000 3.000
 * @function
 */
export const unpairedProcrustes = /* @__PURE__ */ defineAlignment({
  id: 'unpaired-procrustes',
  title: 'Procrustes without pairs',
  summary: 'A rotation found from the shapes of both spaces alone, no pair known.',
  references: [
    cite(sources.gromovWassersteinAlignment, 'section 3: the plan between the cosines'),
    cite(sources.robustSelfLearning, 'section 3.2: sorted similarities of each row'),
    cite(sources.wordTranslationWithoutParallelData, 'section 2.3: mutual neighbours by CSLS'),
    cite(sources.orthogonalProcrustes, 'the rotation of the pairs'),
  ],
  fewestPairs: 0,
  into: 'b',
  options: {
    start: choice(
      ['auto', 'axes', 'cosines'],
      'auto',
      'From principal axes or from cosines; auto tries both and keeps the better.',
    ),
    startRows: integer(1000, 'Rows of each side whose cosines the start looks at, at random.', {
      min: 2,
      max: 20000,
    }),
    rows: integer(2000, 'Rows of each side that are matched, at random.', { min: 2, max: 1e6 }),
    rounds: integer(30, 'Most rounds of the refinement.', { min: 0, max: 1000 }),
    scaled: boolean(true, 'Stretch A to the spread of B.'),
  },
  async fit({ a, b }, { start, startRows, rows, rounds, scaled }, context) {
    for (const [side, points] of [
      ['A', a],
      ['B', b],
    ] as const) {
      if (points.rows < 2)
        throw new ShapeError('unpaired-procrustes', `2 rows or more in ${side}`, `${points.rows}`);
      requireSpread('unpaired-procrustes', side, points);
    }
    const [from, to] = [meanRow(a), meanRow(b)];
    const [a0, b0] = [lessRow(a, from), lessRow(b, to)];
    const [x, y] = [unitOrZeroRows(a0).points, unitOrZeroRows(b0).points];
    const few = { x: some(x, startRows, 'A', context), y: some(y, startRows, 'B', context) };
    const many = { x: some(x, rows, 'A', context), y: some(y, rows, 'B', context) };
    const { rotation, mutual } = await bestStart({ few, many }, start, rounds, context);
    const chance = await agreementByChance(many, rounds, context);
    const { agreement } = mutual;
    const scale = scaled ? Math.sqrt(meanSquare(b0) / meanSquare(a0)) : 1;
    return {
      settings: { scale },
      arrays: { from: matrix(from, 1, a.cols), to: matrix(to, 1, b.cols), rotation },
      facts: { scale, agreement, chance, mutual: mutual.a.length },
      warnings: agreement > CLEARLY * chance ? [] : [unclear(agreement, chance)],
    };
  },
  move: (fitted, rows, _, context) => moveByRotation(fitted, rows, context),
});

const unclear = (agreement: number, chance: number) =>
  `Under the map the spaces agree by ${agreement.toFixed(3)}, and rows of the same variances without their shape come to ${chance.toFixed(3)}: take it for a guess, and give a few pairs to procrustes --refine 10 instead.`;

/** Rows at random, in their order; all where there are no more. */
function some(m: Matrix, most: number, side: string, { random }: FitContext): Matrix {
  if (m.rows <= most) return m;
  return gathered(m, random.fork(side).sample(m.rows, most).sort());
}

interface Both {
  readonly x: Matrix;
  readonly y: Matrix;
}

/** From each start pairs are sought first among the rows that the start looked at, then among all that are matched. */
async function bestStart(
  { few, many }: Readonly<Record<'few' | 'many', Both>>,
  start: 'auto' | 'axes' | 'cosines',
  rounds: number,
  context: FitContext,
): Promise<Refined> {
  const refined = (from: Matrix, { x, y }: Both) => refinedRotation(from, x, y, rounds, context);
  const byAxes = async () => refined(await axesStart(many.x, many.y, context), many);
  const byCosines = async () => {
    const first = await refined(await cosinesStart(few.x, few.y, context), few);
    return refined(first.rotation, many);
  };
  if (start !== 'auto') return start === 'axes' ? byAxes() : byCosines();
  const [one, other] = [await byAxes(), await byCosines()];
  return one.mutual.agreement > other.mutual.agreement ? one : other;
}

/** Agreement with a B that has the variances along its axes and nothing else of its shape: each shuffled by itself. */
async function agreementByChance({ x, y }: Both, rounds: number, context: FitContext) {
  const along = await alongAxes(await axesOf(y, context), context);
  let most = -Infinity;
  for (let draw = 0; draw < CHANCES; draw++) {
    const shuffled = shuffledColumns(along, context.random.fork('chance').fork(draw));
    const { points } = unitOrZeroRows(shuffled);
    const start = await axesStart(x, points, context);
    const { mutual } = await refinedRotation(start, x, points, rounds, context);
    most = Math.max(most, mutual.agreement);
  }
  return most;
}

function shuffledColumns(m: Matrix, random: Random): Matrix {
  const { data, rows: n, cols: d } = m;
  const out = zerosLike(m);
  for (let c = 0; c < d; c++)
    random
      .fork(c)
      .sample(n)
      .forEach((row, i) => {
        out.data[i * d + c] = data[row * d + c];
      });
  return out;
}
