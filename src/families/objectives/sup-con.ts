import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { classSums } from './support/class-sums.ts';
import { knownClasses } from './support/known-rows.ts';
import { softMaximumOfOthers } from './support/soft-maximum.ts';
import { temperatureOption } from './support/temperature.ts';

/**
 * Supervised contrast: each row must find the rows of its class among all others, by a softmax over cosines.
 *
 *     loss = (1/m) Σᵢ (1/|P(i)|) Σ_{p∈P(i)} [log Σ_{k≠i} exp(⟨xᵢ, x_k⟩/τ) − ⟨xᵢ, x_p⟩/τ]
 *
 * over the m rows whose class has another row; P(i) are the other rows of its class, X is n × d with unit rows.
 * This is L_out of the paper, with the mean over positives outside the logarithm. Rows alone in their class, and
 * rows without a class (−1), are asked for nothing and are in the sums of the others.
 *
 * @remarks Use it to train on classes, or to spread classes while rows of one class gather. Its least is at
 * classes collapsed to the corners of a simplex: for a search within classes hold something back, with `fidelity` or a higher
 * τ. With one other view for each row instead of classes it is `nt-xent`. Rows that carry no information have
 * log(n − 1). The sums over positives cost O(nd), by the sums of classes; the rest is O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { supCon } from 'tammes/objectives';
 *
 * // Two classes collapsed to antipodes: one positive at cosine 1, two negatives at −1.
 * const points = matrix(new Float64Array([1, 0, 1, 0, -1, 0, -1, 0]), 4, 2);
 * const classes = Int32Array.of(0, 0, 1, 1);
 * const { loss } = await supCon(points, { temperature: 1 }, { classes });
 * console.log(loss.toFixed(4), Math.log(1 + 2 * Math.exp(-2)).toFixed(4)); // 0.2395 0.2395
 * @function
 */
export const supCon = /* @__PURE__ */ defineObjective({
  id: 'sup-con',
  title: 'SupCon: supervised contrastive loss',
  summary: 'Gathers rows of one class and spreads the classes, by a softmax of cosines.',
  references: [cite(sources.supervisedContrastiveLearning, 'Eq. (2), L_out')],
  deviations: [
    'The loss is the mean over rows, without the factor τ/0.07 of the authors’ code.',
    'Rows alone in their class are allowed: they count as negatives.',
  ],
  options: {
    temperature: temperatureOption(0.1, 'Temperature of the softmax; the paper takes 0.1.'),
  },
  async lossAndGradient(points, { temperature }, gradient, context) {
    const { of, counts } = knownClasses('sup-con', points, context);
    const { data: x, rows: n, cols: d } = points;
    const asked = counts.reduce((sum, count) => sum + (count > 1 ? count : 0), 0);
    if (asked === 0) {
      gradient.data.fill(0);
      return 0;
    }
    const weights = Float64Array.from(of, (c) => (c >= 0 && counts[c] > 1 ? 1 / asked : 0));
    let loss = await softMaximumOfOthers(
      'sup-con',
      points,
      weights,
      temperature,
      gradient,
      context,
    );
    const sums = classSums(points, of, counts.length);
    const g = gradient.data;
    for (let i = 0; i < n; i++) {
      if (weights[i] === 0) continue;
      const scale = weights[i] / (temperature * (counts[of[i]] - 1));
      const [at, sum] = [i * d, of[i] * d];
      let cosines = 0;
      for (let c = 0; c < d; c++) {
        const others = sums[sum + c] - x[at + c];
        cosines += x[at + c] * others;
        g[at + c] -= 2 * scale * others;
      }
      loss -= scale * cosines;
    }
    return loss;
  },
});
