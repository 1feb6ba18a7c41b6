import type { Matrix } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { squaredLengths } from '../../numerics/rows/dot.ts';
import { sumOf } from '../../numerics/statistics/averages.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { product, roundedProduct, scaledBy } from './support/scatter.ts';
import { coordinates, type Spectrum, spectraOf } from './support/spectra.ts';
import type { Pair } from './types.ts';

/**
 * The Wasserstein distance of two Gaussians with the means and covariances of the sets (Fréchet
 * distance), in the units of the data.
 *
 *     distance = √( ‖μa − μb‖² + tr Σa + tr Σb − 2 tr (Σa^½ Σb Σa^½)^½ )
 *
 * Rows need not correspond: A is nA × d, B is nB × d. Blind to what means and covariances do not
 * show.
 *
 * Biased upward: two sets of one law have about
 *
 *     √( (1/nA + 1/nB)(tr Σ + Σᵢⱼ λᵢλⱼ(1 + δᵢⱼ)/(2(λᵢ + λⱼ))) )
 *
 * which is the null given, with λ the eigenvalues of Σ.
 *
 * @remarks Use it to say how far a set has moved in the units of its coordinates, such as between
 * two versions of one model or between generated and real items (FID is its square). Both sets must
 * have the same coordinates; `energy-distance` and `two-sample-mmd` also see what is not in means
 * and covariances. Needs many rows for each dimension: compare with the null. O((nA + nB)d² + d³).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { buresWasserstein } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // The same rows, moved by (3, 4, 0): the covariances agree, the means are 5 apart.
 * const a = uniformPoints(400, 3, Random.fromSeed(1));
 * const b = matrix(a.data.map((x, i) => x + [3, 4, 0][i % 3]), 400, 3);
 * const { value, null: sameLaw } = await buresWasserstein({ a, b });
 * console.log(value.toFixed(3)); // 5.000
 * console.log(sameLaw?.value.toFixed(2)); // 0.10
 * @function
 */
export const buresWasserstein = /* @__PURE__ */ defineComparison({
  id: 'bures-wasserstein',
  title: 'Bures–Wasserstein (Fréchet) distance',
  summary: 'The Wasserstein distance between Gaussians of the two sets’ means and covariances.',
  references: [
    cite(sources.buresWassersteinDistance, 'the distance, and the optimal map between covariances'),
  ],
  options: {},
  kind: 'distance',
  range: [0, Infinity],
  rows: 'unpaired',
  columns: 'same',
  async compare(pair) {
    const { a, b } = await spectraOf(pair);
    if (a.rows < 2 || b.rows < 2) {
      return { value: NaN, warnings: [`needs 2 rows in each; got ${a.rows} and ${b.rows}.`] };
    }
    const step = a.mean.map((x, c) => x - b.mean[c]);
    const cross = product(rooted(a), rooted(b), true);
    const empty = a.values.length === 0 || b.values.length === 0;
    const { s, u, v } = empty
      ? { s: [], u: cross, v: cross }
      : await pair.engine.linalg.svd(cross, pair.work);
    const squared = sumOf(step.map((x) => x * x)) + a.total + b.total - 2 * sumOf(s);
    const scale = sumOf(step.map((x) => x * x)) + a.total + b.total;
    const value = squared > scale * 1e-13 ? Math.sqrt(squared) : 0;
    const variance = empty
      ? NaN
      : (await error(pair, a, u, s, step)) ** 2 + (await error(pair, b, v, s, step)) ** 2;
    const half = Z95 * Math.sqrt(variance);
    const interval = Number.isFinite(half)
      ? {
          low: Math.sqrt(Math.max(0, squared - half)),
          high: Math.sqrt(Math.max(0, squared + half)),
        }
      : {};
    const d = a.centered.cols;
    const few = Math.min(a.rows, b.rows);
    return {
      value,
      ...interval,
      null: {
        value: chance(a, b),
        how: 'same Gaussian law: asymptotic mean, for rows ≫ dimensions',
      },
      warnings:
        few >= 10 * d
          ? []
          : [`too large: ${few} rows are fewer than 10 for each of ${d} dimensions.`],
    };
  },
});

/** Λ^½ V: r × d. */
function rooted({ values, vectors }: Spectrum): Matrix<Float64Array> {
  return scaledBy(vectors, values.map(Math.sqrt), null);
}

/** Of the squared distance, from one set: the influence 2⟨±step, x⟩ + ‖x‖² − xᵀTx, T the optimal map. */
async function error(
  pair: Pair,
  of: Spectrum,
  u: Matrix<Float64Array>,
  s: ArrayLike<number>,
  step: Float64Array,
): Promise<number> {
  const whiten = scaledBy(
    of.vectors,
    of.values.map((value) => 1 / Math.sqrt(value)),
    null,
  );
  const halves = scaledBy(u, null, Float64Array.from(s, Math.sqrt));
  const moved = squaredLengths(
    await coordinates(pair, of, await roundedProduct(transposed(whiten), halves, false, pair)),
  );
  const lengths = squaredLengths(of.centered);
  const d = of.centered.cols;
  const influence = lengths.map((length, i) => {
    let along = 0;
    for (let c = 0; c < d; c++) along += step[c] * of.centered.data[i * d + c];
    return 2 * along + length - moved[i];
  });
  return meanEstimate(influence).standardError;
}

function chance(a: Spectrum, b: Spectrum): number {
  const rate = 1 / a.rows + 1 / b.rows;
  const k = Math.max(a.values.length, b.values.length);
  // The eigenvalues of the common law, from both sets.
  const share = a.rows / (a.rows + b.rows);
  const values = Float64Array.from(
    { length: k },
    (_, i) => share * (a.values[i] ?? 0) + (1 - share) * (b.values[i] ?? 0),
  );
  let second = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      second += (values[i] * values[j] * (i === j ? 2 : 1)) / (2 * (values[i] + values[j]));
    }
  }
  return Math.sqrt(rate * (sumOf(values) + second));
}
