import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { defineClassifier } from './define.ts';
import { classMeans } from './support/class-means.ts';
import { squaredDistances } from './support/squared-distances.ts';

/**
 * Nearest class mean: a row belongs to the class whose mean is nearest.
 *
 *     s_c(x) = −‖x − μ_c‖²,   μ_c = (1/n_c)·Σ over yᵢ = c of xᵢ
 *
 * with X n × d and μ C × d. With `cosine` the rows are brought to length 1 first, those of zeros left as they are.
 *
 * @remarks The least that a classifier can be: nothing to choose, one vector a class, few rows do, and a class to come needs its
 * mean alone. Classes of unequal spread or of two clumps want `prototypes`, and where a linear border is what is asked for,
 * `logistic` is nearly always better.
 * @example
 * import { matrix } from 'tammes';
 * import { nearestMean } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([0, 0, 0, 1, 4, 4, 4, 5]), 4, 2);
 * const { model } = await nearestMean({ points, classes: ['low', 'low', 'high', 'high'] });
 * const { classes } = await nearestMean.predict(model, matrix(new Float64Array([1, 1, 3, 4]), 2, 2));
 * console.log(classes.join()); // low,high
 * @function
 */
export const nearestMean = /* @__PURE__ */ defineClassifier({
  id: 'nearest-mean',
  title: 'Nearest class mean',
  summary: 'The class whose mean is nearest.',
  references: [cite(sources.nearestClassMean, 'section 3, with the Euclidean distance')],
  fewestClasses: 1,
  gives: 'scores',
  options: {
    distance: choice(['euclidean', 'cosine'], 'euclidean', 'Distance of a row from a mean.'),
  },
  fit({ points, of, seen }, { distance }) {
    return {
      settings: { distance },
      arrays: { means: classMeans(asDistance(points, distance), of, seen) },
    };
  },
  score({ settings, arrays: { means } }, rows) {
    const { data, cols, rows: n } = squaredDistances(asDistance(rows, settings['distance']), means);
    const out = zeros64(n, cols);
    data.forEach((square, e) => {
      out.data[e] = 0 - square;
    });
    return out;
  },
});

const asDistance = (rows: Matrix, distance: unknown): Matrix =>
  distance === 'cosine' ? unitOrZeroRows(rows).points : rows;
