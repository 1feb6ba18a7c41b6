import { type Matrix, rows } from '../../core/matrix.ts';
import { zerosOf } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineObjective } from './define.ts';
import { knownViews, type Views } from './support/known-rows.ts';
import { softMaximumOfOthers } from './support/soft-maximum.ts';
import { temperatureOption } from './support/temperature.ts';

/**
 * NT-Xent: each view must find its partner among all other rows, by a softmax over cosines.
 *
 *     loss = (1/m) Σᵢ [log Σ_{k≠i} exp(⟨xᵢ, x_k⟩/τ) − ⟨xᵢ, x_p(i)⟩/τ]
 *
 * over the m rows that have a partner p(i); X is n × d with unit rows. Two views that name one another are both
 * asked, as in the paper; rows without a partner are asked for nothing and are in the sums of the others.
 * Without `partners`, the partner of a row is where it started (constant): the sums then run over the 2n − 1 other
 * rows of points and starts, and starts are asked for their points too.
 *
 * @remarks Use it to train without labels, on two views of each thing: it pulls views together and spreads
 * things apart at once. In `disperse` it spreads points that must stay recognizable: a low τ parts near rows and
 * heeds the rest little, a high one spreads evenly. With classes take `sup-con`: NT-Xent drives rows of
 * one class apart. The loss of rows that carry no information is log(n − 1); compare with that. O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { ntXent } from 'tammes/objectives';
 *
 * // Two things, two equal views each, at a right angle: one other view at cosine 1, two at 0.
 * const points = matrix(new Float64Array([1, 0, 0, 1, 1, 0, 0, 1]), 4, 2);
 * const partners = Int32Array.of(2, 3, 0, 1);
 * const { loss } = await ntXent(points, { temperature: 0.5 }, { partners });
 * console.log(loss.toFixed(4), Math.log(1 + 2 * Math.exp(-2)).toFixed(4)); // 0.2395 0.2395
 * @function
 */
export const ntXent = /* @__PURE__ */ defineObjective({
  id: 'nt-xent',
  title: 'NT-Xent: normalized temperature-scaled cross-entropy (SimCLR)',
  summary:
    'Lets each row find its other view, or its start, among all rows by a softmax of cosines.',
  references: [cite(sources.simClr, 'Eq. (1)')],
  deviations: ['Rows without a partner are allowed: they count as negatives.'],
  options: {
    temperature: temperatureOption(
      0.1,
      'Temperature of the softmax; the paper takes 0.1 on ImageNet and 0.5 on CIFAR-10.',
    ),
  },
  async lossAndGradient(points, { temperature }, gradient, context) {
    const views = knownViews('nt-xent', points, context);
    if (views.othersMove) return contrasted(points, views, temperature, gradient, context);
    // Points and starts as one set of 2n views: row i and row n + i are partners.
    const { rows: n, cols: d } = points;
    const both = zerosOf(points, 2 * n, d);
    both.data.set(points.data);
    both.data.set(views.others.data, n * d);
    const forces = zerosOf(points, 2 * n, d);
    const anchors = Int32Array.from({ length: 2 * n }, (_, i) => i);
    const partners = anchors.map((i) => (i + n) % (2 * n));
    const joined = { anchors, partners, others: both, othersMove: true };
    const loss = await contrasted(both, joined, temperature, forces, context);
    gradient.data.set(rows(forces, 0, n).data);
    return loss;
  },
});

async function contrasted(
  points: Matrix,
  { anchors, partners }: Views,
  temperature: number,
  gradient: Matrix,
  context: Parameters<typeof softMaximumOfOthers>[5],
): Promise<number> {
  const { data: x, rows: n, cols: d } = points;
  if (anchors.length === 0) {
    gradient.data.fill(0);
    return 0;
  }
  const weights = new Float64Array(n);
  for (const i of anchors) weights[i] = 1 / anchors.length;
  let loss = await softMaximumOfOthers('nt-xent', points, weights, temperature, gradient, context);
  const g = gradient.data;
  const scale = 1 / (temperature * anchors.length);
  for (let at = 0; at < anchors.length; at++) {
    const [i, p] = [anchors[at] * d, partners[at] * d];
    let cosine = 0;
    for (let c = 0; c < d; c++) {
      cosine += x[i + c] * x[p + c];
      g[i + c] -= scale * x[p + c];
      g[p + c] -= scale * x[i + c];
    }
    loss -= scale * cosine;
  }
  return loss;
}
