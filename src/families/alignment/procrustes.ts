import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, integer } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanSquare } from '../../structures/spectra/principal-axes.ts';
import { defineAlignment } from './define.ts';
import { type MutualPairs, mutualPairs } from './support/mutual-pairs.ts';
import { moveByRotation, nearestRotation } from './support/rotation.ts';
import type { FitContext, Spaces } from './types.ts';

/**
 * The rotation (or reflection) that brings the rows of A nearest to their partners in B:
 *
 *     y = s·(x − μ_A)·R + μ_B,   R = argmin over RᵀR = I of ‖A₀R − B₀‖_F = UVᵀ where A₀ᵀB₀ = UΣVᵀ
 *
 * with A₀, B₀ the p × d and p × e paired rows less their means. With `scaled`, s = tr Σ/‖A₀‖²_F, else 1. Where
 * d ≠ e, R has orthonormal columns or rows, whichever are fewer.
 *
 * With `refine`, rows without a partner that are mutual nearest under the map, by cross-domain similarity local scaling
 * over ten neighbours, join the pairs, and the map is fitted anew, for that many rounds or until they repeat.
 *
 * @remarks Use it first: angles and distances of A stay as they are, so it cannot overfit, and few pairs do.
 * If held-out recall is far below that of `affine`, the two spaces differ by more than a rotation. With a few dozen pairs
 * among thousands of rows of like spaces, `refine` finds the others; held-out recall says whether it helped. Without any
 * pair: `unpaired-procrustes`.
 * @example
 * import { matrix } from 'tammes';
 * import { procrustes } from 'tammes/alignment';
 *
 * // B is A turned by a quarter.
 * const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1]), 3, 2);
 * const b = matrix(new Float64Array([0, 1, -2, 0, -1, -1]), 3, 2);
 * const { model } = await procrustes({ a, b });
 * const { data } = await procrustes.transform(model, a);
 * console.log(Math.max(...data.map((y, e) => Math.abs(y - b.data[e]))) < 1e-12); // true
 * @function
 */
export const procrustes = /* @__PURE__ */ defineAlignment({
  id: 'procrustes',
  title: 'Orthogonal Procrustes',
  summary: 'The rotation that brings one space nearest to another: it keeps all angles.',
  references: [
    cite(sources.orthogonalProcrustes, 'the solution by the singular vectors'),
    cite(sources.wordTranslationWithoutParallelData, 'section 2.2: the refinement by CSLS'),
  ],
  fewestPairs: 2,
  into: 'b',
  options: {
    centered: boolean(true, 'Move the means of both spaces onto one another.'),
    scaled: boolean(false, 'Stretch by one factor besides.'),
    refine: integer(
      0,
      'Rounds that add rows which are mutual nearest under the map to the pairs.',
      {
        min: 0,
        max: 1000,
      },
    ),
  },
  async fit({ a, b, paired, pairs }, { refine, ...options }, context) {
    let fitted = await fittedTo(paired, options, context);
    let found: Spaces['pairs'] = { a: new Int32Array(), b: new Int32Array() };
    for (let round = 0; round < refine; round++) {
      const moved = await moveByRotation(fitted, a, context);
      const about = (m: Matrix) => unitOrZeroRows(lessRow(m, fitted.arrays.to.data)).points;
      const next = apartFrom(pairs, await mutualPairs(about(moved), about(b), context));
      if (isSame(next, found)) break;
      found = next;
      fitted = await fittedTo(
        { a: below(paired.a, gathered(a, found.a)), b: below(paired.b, gathered(b, found.b)) },
        options,
        context,
      );
    }
    const { scale } = fitted.settings;
    return {
      ...fitted,
      facts: refine > 0 ? { scale, added: found.a.length } : { scale },
      warnings: options.centered && !options.scaled ? otherSize(paired) : [],
    };
  },
  move: (fitted, rows, _, context) => moveByRotation(fitted, rows, context),
});

interface Centering {
  readonly centered: boolean;
  readonly scaled: boolean;
}

async function fittedTo(
  { a, b }: Spaces['paired'],
  { centered, scaled }: Centering,
  context: FitContext,
) {
  const [from, to] = [a, b].map((m) => (centered ? meanRow(m) : new Float64Array(m.cols)));
  const [a0, b0] = [lessRow(a, from), lessRow(b, to)];
  const { rotation, singular } = await nearestRotation(a0, b0, context);
  let length = 0;
  for (const x of a0.data) length += x * x;
  const scale = scaled && length > 0 ? singular.reduce((sum, s) => sum + s, 0) / length : 1;
  return {
    settings: { scale },
    arrays: { from: matrix(from, 1, a.cols), to: matrix(to, 1, b.cols), rotation },
  };
}

/** Spaces whose spreads are so many times apart are of different sizes. */
const OTHER_SIZE = 3;

/** What to say of a map that keeps lengths between spaces of different sizes: moved rows lie about the mean of B. */
function otherSize({ a, b }: Spaces['paired']): string[] {
  const [ofA, ofB] = [a, b].map((m) => meanSquare(lessRow(m, meanRow(m))));
  const ratio = Math.sqrt(ofB / ofA);
  if (!(ratio > OTHER_SIZE || ratio < 1 / OTHER_SIZE)) return [];
  return [
    `The rows of B spread ${Number(ratio.toPrecision(3))} times as far about their mean as those of A, and the map keeps lengths: scaled (--scaled) would bring them to one size.`,
  ];
}

/** Pairs of rows of which neither has a given partner. */
function apartFrom(given: Spaces['pairs'], { a, b }: MutualPairs): Spaces['pairs'] {
  const known = { a: new Set(given.a), b: new Set(given.b) };
  const places = Int32Array.from(a.keys()).filter(
    (at) => !known.a.has(a[at]) && !known.b.has(b[at]),
  );
  return { a: places.map((at) => a[at]), b: places.map((at) => b[at]) };
}

const isSame = (one: Spaces['pairs'], other: Spaces['pairs']) =>
  one.a.join() === other.a.join() && one.b.join() === other.b.join();

function below(top: Matrix, bottom: Matrix): Matrix {
  const out = gathered(top, []);
  const data = new (out.data.constructor as Float64ArrayConstructor)(
    top.data.length + bottom.data.length,
  );
  data.set(top.data);
  data.set(bottom.data, top.data.length);
  return matrix(data, top.rows + bottom.rows, top.cols);
}
