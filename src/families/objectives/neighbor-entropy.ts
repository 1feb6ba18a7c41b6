import { InputError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { pairCount } from './support/pair-energy.ts';
import type { ObjectiveContext } from './types.ts';

/**
 * Nearest-neighbor entropy of manifold entropy estimation: drives each row from its nearest stored one.
 *
 *     loss = −log(ε + (1/n) Σᵢ ρᵢ²)
 *
 * with ρᵢ the distance from row xᵢ of X (n × d, any length) to the nearest row of `buffer` (m × d), rows of
 * earlier steps that count as fixed; without a buffer to its nearest other row in X, and both move. Not
 * differentiable where two neighbors tie: the lower row counts. It reads as an entropy by Kozachenko and
 * Leonenko: where the density is even, H ≈ log m + log V_d − (d/2)(loss + log Γ(1 + 2/d)) nats, with V_d the
 * volume of the unit ball and m = n − 1 without a buffer.
 *
 * @remarks Use it against mode collapse: a buffer of a few thousand past rows lets small batches feel the whole
 * set. Unlike `koleo`, which takes the mean of the logarithms, all rows are pushed with one strength over the
 * mean, so the farthest weigh most and near-duplicates move slowly. Off the sphere it has no bound: hold the
 * lengths by another term, and give it a small weight (5·10⁻⁴ in the paper’s example). In `disperse` it does much what `koleo` does; take
 * a learning rate of 0.02 or so. O(nmd).
 * @example
 * import { matrix } from 'tammes';
 * import { neighborEntropy } from 'tammes/objectives';
 *
 * // The corners of a square have their nearest other at √2.
 * const square = matrix(new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2);
 * console.log((await neighborEntropy(square)).loss.toFixed(4)); // -0.6931
 *
 * // The origin was stored: every corner is at distance 1.
 * const buffer = matrix(new Float64Array([0, 0]), 1, 2);
 * console.log(Math.abs((await neighborEntropy(square, {}, { buffer })).loss).toFixed(4)); // 0.0000
 * @function
 */
export const neighborEntropy = /* @__PURE__ */ defineObjective({
  id: 'neighbor-entropy',
  title: 'Nearest-neighbor entropy (MEE)',
  summary: 'Drives each row from the nearest of a buffer of past rows, or of the batch.',
  space: 'euclidean',
  references: [
    cite(papers.combatingModeCollapseManifoldEntropyEstimation, 'the entropy term of the loss'),
    cite(sources.sampleEstimateOfEntropy, 'the estimate from nearest neighbors'),
  ],
  deviations: [
    'Squared distances are sums over coordinates, not means: the loss is less by log d.',
    'Without a buffer the nearest other row of the batch counts, and moves too.',
  ],
  options: {
    epsilon: number(1e-12, 'Added to the mean squared distance.', {
      min: 1e-30,
      max: 1,
      symbol: 'ε',
    }),
  },
  async lossAndGradient(points, { epsilon }, gradient, context) {
    const { buffer } = context;
    const { data: x, rows: n, cols: d } = points;
    const { indices, distances } = await nearestStored(points, context);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += distances[i] * distances[i];
    const mean = sum / n + epsilon;
    const g = gradient.data.fill(0);
    const stored = (buffer ?? points).data;
    const scale = -2 / (n * mean);
    for (let i = 0; i < n; i++) {
      const [a, b] = [i * d, indices[i] * d];
      for (let c = 0; c < d; c++) {
        const step = scale * (x[a + c] - stored[b + c]);
        g[a + c] += step;
        if (!buffer) g[b + c] -= step;
      }
    }
    return -log(mean);
  },
});

const ID = 'neighbor-entropy';

/** For each row the nearest of the buffer, or of the other rows. */
async function nearestStored(points: Matrix, { engine, buffer, signal }: ObjectiveContext) {
  if (!buffer) {
    pairCount(ID, points);
    return engine.nearest(points, 1, { signal });
  }
  if (buffer.rows < 1 || buffer.cols !== points.cols) {
    const got = `${buffer.rows} × ${buffer.cols}`;
    throw new ShapeError(ID, `a buffer of at least one row of ${points.cols} columns`, got);
  }
  const found = await engine.assign(points, buffer, { signal });
  const lost = found.indices.findIndex((index) => index < 0);
  if (lost < 0) return found;
  throw new InputError(
    ID,
    `row ${lost} has no distance to any row of the buffer: one is not a number.`,
  );
}
