import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineErasure } from './define.ts';
import { classSums } from './support/concept.ts';
import { times, timesTransposed } from './support/products.ts';
import { firstColumns, subspaceArrays, withoutSubspace } from './support/subspace.ts';
import type { ErasureContext } from './types.ts';

/**
 * Least-squares concept erasure: the affine map that moves rows least such that no linear classifier can tell their
 * classes.
 *
 *     x′ = x − W⁺P W(x − μ)
 *     W = (Σ_xx^{1/2})⁺,   P = UUᵀ with U an orthonormal basis of the columns of W Σ_xz
 *
 * with μ and Σ_xx (d × d) the mean and the covariance of the rows, and Σ_xz (d × k) their covariance with the one-hot
 * classes. Then Σ_x′z = 0, so on these rows every convex loss of a linear predictor is least where it ignores x′: a
 * linear probe does no better than the majority. Among affine maps with that property, it has the least E‖x′ − x‖², in this and
 * every other norm of an inner product. At most k − 1 dimensions are taken out. A covariance without full rank is inverted on
 * its range. O(nd² + d³) time.
 *
 * @remarks Use it first to take a concept out. The guarantee is for linear predictors and the rows fitted to: neighbours and
 * networks may still find the concept, and other rows keep what these did not show, the more the fewer rows there are for each
 * column. `mean-difference` gives the same guarantee by an orthogonal projection, which moves rows further.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { leace } from 'tammes/erasure';
 *
 * // Two classes apart along a slanted axis.
 * const random = Random.fromSeed(1);
 * const points = zeros(200, 3);
 * const classes = Array.from({ length: 200 }, (_, i) => (i % 2 ? 'odd' : 'even'));
 * for (let e = 0; e < 600; e++) points.data[e] = random.normal() + (e % 6 < 2 ? 2 : 0);
 *
 * const { model, rank } = await leace({ points, classes });
 * const { data } = await leace.transform(model, points);
 * const gaps = [0, 1, 2].map((c) => data.reduce((s, x, e) => (e % 3 === c ? s + (e % 6 < 3 ? x : -x) : s), 0));
 * console.log(rank, gaps.every((gap) => Math.abs(gap) < 1e-3)); // 1 true
 * @function
 */
export const leace = /* @__PURE__ */ defineErasure({
  id: 'leace',
  title: 'LEACE',
  summary: 'Moves rows least such that no linear classifier can tell their classes.',
  references: [
    cite(sources.leace, 'theorem 4.3'),
    cite(
      papers.robustAiGeneratedTextDetectionRestrictedEmbeddings,
      'section 4: erasure of concepts before a detector',
    ),
  ],
  deviations: [
    'The covariance is that of the rows, without shrinkage, and directions are dropped at rounding alone: the guarantee is exact on the rows fitted to.',
    'The map is not mixed with an orthogonal projection where the total variance grows.',
  ],
  options: {},
  needs: 'classes',
  isProjection: true,
  turnsAlong: true,
  async fit({ points, classes }, _, context) {
    const mean = meanRow(points);
    const axes = await whitenedAxes(points, mean, context);
    const cross = classSums(points, classes, mean);
    const whitened = times(timesTransposed(cross, axes.vectors), diagonal(axes.deviations, -1));
    const u = await basisOf(whitened, classes.names.length - 1, context);
    const along = (power: 1 | -1) =>
      times(times(u, diagonal(axes.deviations, power)), axes.vectors);
    return {
      settings: {},
      arrays: subspaceArrays(mean, along(1), along(-1)),
      rank: u.rows,
      facts: { covarianceRank: axes.deviations.length },
    };
  },
  erase: withoutSubspace,
});

interface Axes {
  /** Orthonormal eigenvectors of the covariance on its range, r × d. */
  readonly vectors: Matrix<Float64Array>;
  /** Roots of its eigenvalues, r. */
  readonly deviations: Float64Array;
}

/** Numbers of 53 or 24 bits. */
const EPSILON = { wide: 2 ** -52, narrow: 2 ** -23 };

async function whitenedAxes(
  points: Matrix,
  mean: Float64Array,
  { engine, work }: ErasureContext,
): Promise<Axes> {
  const { rows: n, cols: d } = points;
  // Products of centred rows: those of rows far from 0 would lose the digits of the covariance.
  const gram = await engine.gram(lessRow(points, mean), work);
  const covariance = matrix(
    gram.data.map((sum) => sum / n),
    d,
    d,
  );
  const { values, vectors } = await engine.linalg.eigh(covariance, work);
  // A column that others make is off by the rounding of the rows, whose square is its variance.
  const rounding = points.data instanceof Float32Array ? EPSILON.narrow ** 2 * d : EPSILON.wide * d;
  const kept = values.filter((value) => value > rounding * values[0]);
  const own = zeros64(kept.length, d);
  own.data.set(vectors.data.subarray(0, own.data.length));
  return { vectors: own, deviations: kept.map(Math.sqrt) };
}

function diagonal(deviations: Float64Array, power: 1 | -1): Matrix<Float64Array> {
  const out = zeros64(deviations.length, deviations.length);
  for (const [k, deviation] of deviations.entries())
    out.data[k * (deviations.length + 1)] = power === 1 ? deviation : 1 / deviation;
  return out;
}

/** Whitened cross-covariances are correlations: what rounding leaves of none is far below this. */
const NO_CORRELATION = 1e-10;

/** Orthonormal rows that span the whitened cross-covariances, given as rows; one-hot classes have one dimension fewer. */
async function basisOf(
  whitened: Matrix<Float64Array>,
  most: number,
  { engine, work }: ErasureContext,
): Promise<Matrix<Float64Array>> {
  if (whitened.cols === 0) return zeros64(0, 0);
  const { s, v } = await engine.linalg.svd(whitened, work);
  const kept = s.filter((value) => value > NO_CORRELATION).length;
  return firstColumns(v, Math.min(kept, most));
}
