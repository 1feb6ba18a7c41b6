import { OptionError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, integer } from '../../method/options.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { defineDirections } from './define.ts';

/** Below this share of the largest, an eigenvalue of XᵀX is rounding. */
const LEAST_SHARE = 1e-12;

/**
 * The directions of its codes along which a decoder changes most, from a matrix that it has:
 *
 *     vₖ the right singular vectors of X, n × d:   XᵀX vₖ = λₖ vₖ,   λ₁ ≥ λ₂ ≥ …
 *
 * X the weight of the first layer, hidden × codes (SeFa); or the Jacobians at several codes one below the other, n = codes ·
 * outputs, so that XᵀX is the sum of JᵀJ; or, with `center`, codes themselves (GANSpace). Each vector points to where the cubes of
 * the projections of the rows sum to more than 0. `share` is the part of ‖X‖² that the directions hold.
 *
 * @remarks Move a code along a direction, z + a·vₖ, and look at what changes. Directions of equal λ are any basis of their span:
 * a Householder projector makes all of them equal, and there its own reflections say which are meant. Draws take
 * other rows of X, outputs of the layer: low stability says that two directions have about equal λ.
 * @example
 * import { matrix } from 'tammes';
 * import { decoder } from 'tammes/directions';
 *
 * const weight = matrix(Float64Array.of(3, 4, 3, 4, 0.4, -0.3), 3, 2);
 * const { directions } = await decoder({ points: weight }, { count: 1 });
 * console.log(Array.from(directions.basis.data, (x) => x.toFixed(2)).join(' ')); // 0.60 0.80
 * @function
 */
export const decoder = /* @__PURE__ */ defineDirections({
  id: 'decoder',
  title: 'Directions of a decoder (SeFa)',
  summary: 'Right singular vectors of a weight, of Jacobians, or of centered codes.',
  references: [
    cite(sources.closedFormFactorization, 'section 3.2: eigenvectors of AᵀA'),
    cite(sources.ganSpace, 'with center: principal directions of codes'),
    cite(papers.householderProjector, 'its baseline, and how its directions are used'),
  ],
  deviations: [
    'SeFa makes the columns of a weight that is stored as codes × hidden unit vectors first; here X is taken as it is.',
  ],
  needs: [],
  isSignless: true,
  options: {
    count: integer(4, 'Directions wanted; no more than the rank of the matrix.', { min: 1 }),
    center: boolean(false, 'Whether the mean row is taken off first: for codes.'),
  },
  async fit({ points }, { count, center }, { engine, work, chosen }) {
    const rows = center ? centered(points) : points;
    const { values, vectors } = await engine.linalg.eigh(await engine.gram(rows, work), work);
    const rank = values.findIndex((value) => !(value > LEAST_SHARE * values[0]));
    const most = rank < 0 ? values.length : rank;
    // A draw of few rows may have a lower rank: what is missing stays as it was.
    if (count > most && !chosen)
      throw new OptionError('decoder', 'count', `at most ${most}, the rank of the matrix`, count);
    const d = points.cols;
    const basis = zeros64(count, d);
    const found = Math.min(count, most);
    basis.data.set(vectors.data.subarray(0, found * d));
    turnForward(basis, rows);
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    const kept = values.subarray(0, found).reduce((sum, value) => sum + value, 0);
    return {
      basis,
      names: Array.from({ length: count }, (_, k) => `direction ${k + 1}`),
      ...(!center && { origin: new Float64Array(d) }),
      chosen: { rank: most },
      facts: { share: kept / total },
    };
  },
});

/** Turns each direction to the side on which the cubes of the projections sum to more. */
function turnForward({ data: basis, rows: k, cols: d }: Matrix<Float64Array>, rows: Matrix): void {
  for (let j = 0; j < k; j++) {
    const own = basis.subarray(j * d, (j + 1) * d);
    let cubes = 0;
    for (let i = 0; i < rows.rows; i++) {
      let along = 0;
      for (let c = 0; c < d; c++) along += own[c] * rows.data[i * d + c];
      cubes += along ** 3;
    }
    if (cubes < 0) for (let c = 0; c < d; c++) own[c] = -own[c];
  }
}
