import { InputError, ShapeError } from '../../core/errors.ts';
import { angleOfChord } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { addTangentToward, rowChord, unresolvedSine } from './support/geodesic.ts';

/**
 * Fidelity: holds each point near the place where it started.
 *
 * loss = (1/n) Σᵢ θ(xᵢ, xᵢ⁰)², with gradient −(2/n) log_{xᵢ}(xᵢ⁰). Zero force at the antipode, where
 * no direction leads back.
 *
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
  lossAndGradient(points, _options, gradient, { start }) {
    const { rows: n, cols: d } = points;
    if (!start) throw new InputError('fidelity', 'the start of every point is needed; got none.');
    if (start.rows !== n || start.cols !== d) {
      throw new ShapeError('fidelity', `a ${n} × ${d} start`, `${start.rows} × ${start.cols}`);
    }
    const g = gradient.data.fill(0);
    const unresolved = unresolvedSine(points);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const theta = angleOfChord(rowChord(points, start, i));
      sum += theta * theta;
      addTangentToward(points, i, start, i, (-2 * theta) / n, g, unresolved);
    }
    return sum / n;
  },
});
