import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { zerosOf } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { classSums } from './support/class-sums.ts';
import { knownClasses } from './support/known-rows.ts';
import { neighborhoodSlopes, proxyAnchorSlopes } from './support/proxy-losses.ts';

/**
 * Proxies: rows gather at the proxy of their class and leave the others.
 *
 *     anchor: (1/C) Σ_c [log(1 + Σ_{i∈c} exp(−α(s_ic − δ))) + log(1 + Σ_{i∉c} exp(α(s_ic + δ)))]
 *     nca:    (1/m) Σᵢ [log Σ_{c≠y(i)} exp(−d_ic) + d_iy(i)],   d_ic = ‖xᵢ − p_c‖² = 2 − 2 s_ic
 *
 * with s_ic = ⟨xᵢ, p_c⟩ and X n × d, unit rows, in C classes; y(i) is the class of row i. The proxy p_c is the mean direction of
 * the rows of class c, and the gradient goes through it. Rows without a class (−1) are in the sums over i∉c alone.
 *
 * @remarks Use it instead of `triplet` or `sup-con` where classes are many or large: it compares rows with C proxies,
 * O(nCd), and never with one another. `anchor` weighs the rows that are hard for a proxy, `nca` treats
 * each row for itself. A proxy that training moves by itself is a row of a linear layer's weights: for that take a
 * softmax head. A single class has nothing to leave.
 * @example
 * import { matrix } from 'tammes';
 * import { proxies } from 'tammes/objectives';
 *
 * // Two classes collapsed to antipodes: own proxy at distance² 0, the other at 4.
 * const points = matrix(new Float64Array([1, 0, 1, 0, -1, 0, -1, 0]), 4, 2);
 * const classes = Int32Array.of(0, 0, 1, 1);
 * const { loss } = await proxies(points, { form: 'nca' }, { classes });
 * console.log(loss.toFixed(6)); // -4.000000
 * @function
 */
export const proxies = /* @__PURE__ */ defineObjective({
  id: 'proxies',
  title: 'Proxy-Anchor and Proxy-NCA',
  summary: 'Gathers rows at the mean direction of their class and drives them from the others.',
  references: [
    cite(sources.proxyAnchorLoss, 'Eq. (4)'),
    cite(sources.metricLearningUsingProxies, 'Eq. (4)'),
  ],
  deviations: [
    'Proxies are the mean directions of the classes among the rows, where the papers train them by themselves.',
  ],
  options: {
    form: choice(['anchor', 'nca'], 'anchor', 'Which of the two losses.'),
    alpha: number(32, 'Steepness of the anchor form.', { min: 1e-3, max: 300, symbol: 'α' }),
    margin: number(0.1, 'Margin of the anchor form, in cosine.', { min: 0, max: 2, symbol: 'δ' }),
  },
  async lossAndGradient(points, { form, alpha, margin }, gradient, context) {
    const { engine, signal, rows } = context;
    const classes = knownClasses('proxies', points, context);
    const count = classes.counts.length;
    if (count < 2) {
      if (!rows) throw new InputError('proxies', `expected 2 classes at least; got ${count}.`);
      gradient.data.fill(0);
      return 0;
    }
    const { directions, inverseLengths } = meanDirections(points, classes.of, count);
    const table = await engine.matmul(points, directions, { transposeB: true }, { signal });
    const loss =
      form === 'anchor'
        ? proxyAnchorSlopes(table, classes, alpha, margin)
        : neighborhoodSlopes(table, classes);
    await engine.matmul(table, directions, { out: gradient }, { signal });
    const toProxies = await engine.matmul(table, points, { transposeA: true }, { signal });
    throughMeans(toProxies, directions, inverseLengths);
    addByClass(toProxies, classes.of, gradient);
    return loss;
  },
});

function meanDirections(points: Matrix, classes: Int32Array, count: number) {
  const d = points.cols;
  const sums = classSums(points, classes, count);
  const directions = zerosOf(points, count, d);
  const inverseLengths = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    let squared = 0;
    for (let e = c * d; e < (c + 1) * d; e++) squared += sums[e] * sums[e];
    // Rows that cancel have no mean direction: their proxy is 0, and passes nothing on.
    inverseLengths[c] = squared > 1e-20 ? 1 / Math.sqrt(squared) : 0;
    for (let e = c * d; e < (c + 1) * d; e++) directions.data[e] = sums[e] * inverseLengths[c];
  }
  return { directions, inverseLengths };
}

/** slope_c ← (slope_c − ⟨slope_c, p_c⟩ p_c)/‖sum of class c‖: the slope in each row of the class. */
function throughMeans(
  { data: slope, rows: count, cols: d }: Matrix,
  { data: p }: Matrix,
  inverseLengths: Float64Array,
): void {
  for (let c = 0; c < count; c++) {
    let along = 0;
    for (let e = c * d; e < (c + 1) * d; e++) along += slope[e] * p[e];
    for (let e = c * d; e < (c + 1) * d; e++) {
      slope[e] = (slope[e] - along * p[e]) * inverseLengths[c];
    }
  }
}

function addByClass({ data: shared }: Matrix, classes: Int32Array, { data: g, cols: d }: Matrix) {
  for (let i = 0; i < classes.length; i++) {
    if (classes[i] < 0) continue;
    const at = classes[i] * d;
    for (let c = 0; c < d; c++) g[i * d + c] += shared[at + c];
  }
}
