import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { addClassRates, codingRateInto } from './support/coding-rate.ts';
import { requireClasses } from './support/row-facts.ts';

/**
 * Coding rate reduction of MCR²: the rows together fill all directions, those of one class few.
 *
 *     loss = −(R(X) − Σ_c n_c/n · R(X_c)),   R(X) = ½ ln det(I + d/(n ε²) XᵀX)
 *
 * with X the n × d unit rows and X_c the n_c of class c, with n_c in place of n. Without `classes` the loss is
 * −R(X), which is least at a tight frame, −(d/2) ln(1 + 1/ε²) where n ≥ d. Rows of class −1 have no term of
 * their own.
 *
 * @remarks Use it with classes for features that stay linear inside a class and at right angles between
 * classes, where cross-entropy would shrink a class to a point; without classes as a guard against
 * dimensional collapse whose force falls off as directions fill. Like `frame-potential` it cannot tell x from
 * −x. A class needs several rows in a batch to say anything. In `disperse` take a
 * learning rate of 0.01 or less: the force is that of a volume in d dimensions. `rate-reduction` of the metrics is the number.
 * O(nd·min(n, d)) and a Cholesky factor of min(n, d)³/3, once for all rows and once a class.
 * @example
 * import { matrix } from 'tammes';
 * import { codingRateReduction } from 'tammes/objectives';
 *
 * // Two classes at two axes: −(ln(1 + 1/ε²) − ½ ln(1 + 2/ε²)) = −½ ln(9/5) at ε² = ½.
 * const axes = matrix(new Float64Array([1, 0, 1, 0, 0, 1, 0, 1]), 4, 2);
 * const classes = Int32Array.of(0, 0, 1, 1);
 * const { loss } = await codingRateReduction(axes, {}, { classes });
 * console.log(loss.toFixed(4), (-0.5 * Math.log(9 / 5)).toFixed(4)); // -0.2939 -0.2939
 * @function
 */
export const codingRateReduction = /* @__PURE__ */ defineObjective({
  id: 'coding-rate-reduction',
  title: 'Coding rate reduction (MCR²)',
  summary: 'Fills all directions with all rows and, given classes, few with those of each class.',
  references: [
    cite(sources.maximalCodingRateReduction, 'Eq. (8): ΔR(Z, Π, ε)'),
    cite(papers.unsupervisedManifoldLinearizingAndClustering, 'the total coding rate'),
  ],
  deviations: ['Without classes the loss is −R alone, the start of manifold linearizing.'],
  options: {
    distortion: number(0.5, 'Squared error of the code.', { min: 1e-6, max: 1e6, symbol: 'ε²' }),
  },
  async lossAndGradient(points, { distortion }, gradient, context) {
    const { rows: n, cols: d } = points;
    const { classes } = context;
    if (classes) requireClasses('coding-rate-reduction', classes, n);
    const rate = await codingRateInto(points, d / (n * distortion), gradient, context);
    const g = gradient.data;
    for (let e = 0; e < g.length; e++) g[e] = -g[e];
    if (!classes) return -rate;
    return (await addClassRates(points, classes, distortion, gradient, context)) - rate;
  },
});
