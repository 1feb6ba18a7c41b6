import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineDirections } from './define.ts';
import { classMeansOf } from './support/class-means.ts';
import { NO_CLASSES } from './support/sample.ts';

/**
 * From the mean of one class to that of another; with more than two classes, from the mean of the others to that of each:
 *
 *     w = μ₁ − μ₀,   or  wⱼ = μⱼ − (nμ − nⱼμⱼ)/(n − nⱼ) for each class j of k
 *
 * with X n × d, nⱼ rows of class j with the mean μⱼ, μ the mean of all. Projections are 0 midway between both means.
 *
 * @remarks Use it with few rows a class, or to move rows from class to class: it has nothing to tune. Columns that vary much
 * for other reasons blur it; `lda` and `probe` weigh these down.
 * @example
 * import { matrix } from 'tammes';
 * import { classMeans } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 0, 0, 2, 3, 0, 3, 2]), 4, 2);
 * const { directions } = await classMeans({ points, classes: ['old', 'old', 'young', 'young'] });
 * console.log(directions.names[0], directions.basis.data); // old → young Float64Array(2) [ 1, 0 ]
 * @function
 */
export const classMeans = /* @__PURE__ */ defineDirections({
  id: 'class-means',
  title: 'Difference of class means',
  summary: 'From the mean of one class to that of another, or of each class from all others.',
  references: [cite(sources.geometryOfTruth, 'section 5: mass-mean probing')],
  needs: ['classes'],
  options: {},
  fit({ points, classes = NO_CLASSES }) {
    const { gaps, names, origin } = classMeansOf(points, classes);
    return { basis: gaps, names, origin };
  },
});
