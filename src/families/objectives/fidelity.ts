import { InputError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { addTangentToward, rowChord, unresolvedSine } from './support/geodesic.ts';

/**
 * Fidelity: holds each point near the place where it started.
 *
 *     loss = (1/n) Σᵢ θ(xᵢ, xᵢ⁰)²
 *     gradient at xᵢ = −(2/n) log_xᵢ(xᵢ⁰)
 *
 * with θ the angle between row i of the points X and row i of their start X⁰ (both n × d, unit
 * rows). Zero force at the antipode, where no direction leads back.
 *
 * @remarks Add it to a dispersion, as in `uniformity + 0.1*fidelity`, when the points mean
 * something that should survive; alone it only leads back. The root of the loss is the root mean
 * square angle in radians that the points have moved. `disperse` finds a weight for it from a
 * wanted mean cosine (`keep`), which suits data of different crowding better than a fixed weight.
 * O(nd).
 * @example
 * import { matrix } from 'tammes';
 * import { fidelity } from 'tammes/objectives';
 *
 * // The first of two points has gone 90° from where it started, the second has stayed.
 * const start = matrix(new Float64Array([1, 0, 1, 0]), 2, 2);
 * const points = matrix(new Float64Array([0, 1, 1, 0]), 2, 2);
 * const { loss } = await fidelity(points, {}, { start });
 * console.log(loss.toFixed(4), ((Math.PI / 2) ** 2 / 2).toFixed(4)); // 1.2337 1.2337
 * @function
 */
export const fidelity = /* @__PURE__ */ defineObjective({
  id: 'fidelity',
  title: 'Fidelity to the start',
  summary: 'Holds each point near where it started; added to a dispersion it keeps meaning.',
  references: [
    cite(
      sources.retrofittingWordVectors,
      'Section 2, the term that keeps each vector near its original',
    ),
  ],
  deviations: [
    'The distance is the angle on the sphere, not the Euclidean distance, and the loss is a mean.',
  ],
  options: {},
  inParts: () => true,
  additive: {
    size: () => 0,
    statistic: () => new Float64Array(0),
    lossAndGradient: (points, _options, _statistic, gradient, { start, total }) =>
      held(points, start, total, gradient),
  },
  lossAndGradient: (points, _options, gradient, { start }) =>
    held(points, start, points.rows, gradient),
});

/** The share of some of n rows in the loss, and their rows of the gradient. */
function held(points: Matrix, start: Matrix | undefined, n: number, gradient: Matrix): number {
  const { rows, cols: d } = points;
  if (!start) throw new InputError('fidelity', 'the start of every point is needed; got none.');
  if (start.rows !== rows || start.cols !== d) {
    throw new ShapeError('fidelity', `a ${rows} × ${d} start`, `${start.rows} × ${start.cols}`);
  }
  const g = gradient.data.fill(0);
  const unresolved = unresolvedSine(points);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const theta = angleOfChord(rowChord(points, start, i));
    sum += theta * theta;
    addTangentToward(points, i, start, i, (-2 * theta) / n, g, unresolved);
  }
  return sum / n;
}
