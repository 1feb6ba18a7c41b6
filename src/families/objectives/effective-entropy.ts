import type { Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { transposed, transposeInto } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { pairCount } from './support/pair-energy.ts';
import { type Computing, inElementTypeOf } from './support/smaller-gram.ts';
import { normalRanksOf, sigmoidOf } from './support/squash.ts';

/**
 * Effective entropy: every coordinate spreads evenly over an interval, and no two say the same.
 *
 *     loss = −α·(1/d) Σⱼ Hⱼ + β·(1/d) Σ_{j≠k} Cov(uⱼ, uₖ)²
 *     Hⱼ = 1/(n − m) Σᵢ ln(ε + (n + 1)/m · (u₍ᵢ₊ₘ₎ⱼ − u₍ᵢ₎ⱼ))
 *
 * with U n × d the rows of X, of any length, mapped into (0, 1)ᵈ: by the logistic function, or by the normal
 * distribution function of each standardised column; u₍₁₎ⱼ ≤ … ≤ u₍ₙ₎ⱼ is column j sorted and m = round(√n)
 * unless given. Independent even coordinates have the most entropy a box can hold, and these are conditions on
 * one and on two coordinates that batches can tell. H is at most about 0; the estimate is low in small batches.
 * Not differentiable where two rows tie in a coordinate: the lower row counts as the smaller.
 *
 * @remarks Use it as a last polish of an encoder, added to its loss for a few epochs. With `sigmoid` outputs
 * must reach well beyond ±1 to fill the interval, so it also drives lengths up to that; on the sphere, where they
 * cannot, take `normal`, which looks at the shape of each column alone, and in `disperse` a learning rate of 0.002 or so: the
 * weights are those for networks. Not invariant to rotation. Batches of
 * 256 or more: the spacings of few rows are noise. O(nd(log n + d)).
 * @example
 * import { matrix } from 'tammes';
 * import { effectiveEntropy } from 'tammes/objectives';
 *
 * // The logits of 1/8, 3/8, 5/8, 7/8: spacings of m = 2 are ½, (5/2)·½ = 1.25, and H = ln 1.25.
 * const logits = [1, 3, 5, 7].map((k) => Math.log(k / (8 - k)));
 * const { loss } = await effectiveEntropy(matrix(Float64Array.from(logits), 4, 1), { entropy: 1 });
 * console.log(loss.toFixed(4), (-Math.log(1.25)).toFixed(4)); // -0.2231 -0.2231
 * @function
 */
export const effectiveEntropy = /* @__PURE__ */ defineObjective({
  id: 'effective-entropy',
  title: 'Effective entropy (E2MC)',
  summary: 'Spreads every coordinate evenly over an interval and decorrelates coordinates.',
  space: 'euclidean',
  references: [
    cite(papers.effectiveEntropyMaximizationPretrainedSsl, 'the criterion E2MC'),
    cite(sources.testForNormalityBasedOnEntropy, 'the entropy estimate from spacings'),
  ],
  deviations: [
    'The weights are the defaults of the authors’ code for VICReg.',
    'With `normal` the columns are standardised by the batch; the authors’ code takes them as standard.',
  ],
  options: {
    squash: choice(
      ['sigmoid', 'normal'],
      'sigmoid',
      'The map into the box: the logistic function, or Φ of each standardised column.',
    ),
    entropy: number(10, 'Weight of the mean entropy of a coordinate.', { min: 0, symbol: 'α' }),
    covariance: number(1, 'Weight of the squared covariances.', { min: 0, symbol: 'β' }),
    spacing: integer(0, 'Places between two values of a spacing; 0 takes round(√n).', {
      min: 0,
      symbol: 'm',
    }),
    epsilon: number(1e-7, 'Added to each spacing.', { min: 1e-12, max: 1, symbol: 'ε' }),
  },
  async lossAndGradient(points, options, gradient, context) {
    pairCount('effective-entropy', points);
    const { rows: n, cols: d } = points;
    // Column by column from here: d × n.
    const columns = transposed(points);
    const { values, pullBackInPlace } =
      options.squash === 'normal' ? normalRanksOf(columns) : sigmoidOf(columns);
    // Both maps rise, so the order of X is that of U, without its rounding.
    const order = await context.engine.sortRows(columns, { signal: context.signal });
    const spacing = Math.min(n - 1, options.spacing || Math.round(Math.sqrt(n)));
    const slopes = new Float64Array(n * d);
    const scale = options.entropy / d;
    let loss = 0;
    for (let j = 0; j < d; j++) {
      const [from, to] = [j * n, (j + 1) * n];
      const column = { values: values.subarray(from, to), order: order.subarray(from, to) };
      const forces = slopes.subarray(from, to);
      loss -= scale * addEntropy(column, spacing, options.epsilon, -scale, forces);
    }
    centeredInto(values, columns);
    loss += await addCovariance(columns, options.covariance / d, slopes, context);
    pullBackInPlace(slopes);
    transposeInto(slopes, d, n, n, gradient.data, d, 1);
    return loss;
  },
});

/** So many factors of at least 10⁻¹² and at most n + 1 stay in the range of float64. */
const FACTORS = 16;

interface SortedColumn {
  readonly values: Float64Array;
  readonly order: Int32Array;
}

/** The entropy of a column; `weight` times its gradient is added to `slopes`. */
function addEntropy(
  { values, order }: SortedColumn,
  spacing: number,
  epsilon: number,
  weight: number,
  slopes: Float64Array,
): number {
  const n = values.length;
  const count = n - spacing;
  const scale = (n + 1) / spacing;
  const force = (weight * scale) / count;
  let sum = 0;
  // One logarithm of a product for many spacings: logarithms would be most of the work.
  let product = 1;
  for (let i = 0; i < count; i++) {
    const [low, high] = [order[i], order[i + spacing]];
    const wide = epsilon + scale * (values[high] - values[low]);
    product *= wide;
    if (i % FACTORS === FACTORS - 1) {
      sum += log(product);
      product = 1;
    }
    slopes[high] += force / wide;
    slopes[low] -= force / wide;
  }
  return (sum + log(product)) / count;
}

/** The values, rows of the matrix `out`, less the mean of their row. */
function centeredInto(values: Float64Array, { data, rows, cols }: Matrix): void {
  for (let j = 0; j < rows; j++) {
    let mean = 0;
    for (let e = j * cols; e < (j + 1) * cols; e++) mean += values[e] / cols;
    for (let e = j * cols; e < (j + 1) * cols; e++) data[e] = values[e] - mean;
  }
}

/** weight·Σ_{j≠k} Cov(uⱼ, uₖ)² of d × n centered columns uⱼ; its gradient is added to `slopes`. */
async function addCovariance(
  columns: Matrix,
  weight: number,
  slopes: Float64Array,
  { engine, signal }: Computing,
): Promise<number> {
  const { rows: d, cols: n } = columns;
  const sums = await engine.gram(transposed(columns), { signal });
  let squares = 0;
  for (let e = 0; e < sums.data.length; e++) {
    const covariance = e % (d + 1) === 0 ? 0 : sums.data[e] / (n - 1);
    squares += covariance * covariance;
    sums.data[e] = (4 * weight * covariance) / (n - 1);
  }
  const forces = await engine.matmul(inElementTypeOf(columns, sums), columns, {}, { signal });
  for (let e = 0; e < slopes.length; e++) slopes[e] += forces.data[e];
  return weight * squares;
}
