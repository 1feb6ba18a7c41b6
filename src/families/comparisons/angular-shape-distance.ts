import { acos } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { type MomentOptions, momentNuclearNorm, rowsForDegree } from './support/moments.ts';
import { type ShapeParts, shapeParts } from './support/nuclear.ts';
import { plugInLikeness } from './support/plug-in.ts';
import { simulatedExpectation } from './support/statistics.ts';
import type { Compared, Pair } from './types.ts';

/**
 * The angle between two spaces of centred rows after the best rotation, in radians.
 *
 *     θ = arccos( ‖AᵀB‖∗ / (‖A‖·‖B‖) ),  0 to π/2
 *
 * with A (n × dA) and B (n × dB) the centred rows, ‖·‖∗ the sum of the singular values and ‖·‖ the
 * Frobenius norm. A metric (it keeps the triangle inequality), free of scale. SciPy’s Procrustes
 * disparity is sin²θ.
 *
 * The plug-in form is too small unless there are many rows for each dimension: a rotation is fitted
 * to them. `moments` estimates ‖Σ_ab‖∗ without fitting, from traces of powers over distinct rows and a
 * polynomial for the root:
 *
 *     ‖Σ_ab‖∗ = Σ √λ ≈ Σ_p g_p tr(Σ_ab Σ_abᵀ)ᵖ,  p = 1 … P
 *
 * The coefficients g come of a quadratic programme: least variance plus squared bias, where the bias
 * is no more than `maxBias` whatever the spectrum. Its 95 % interval covers the truth with bias and
 * sampling together: the ends estimate numbers that are below and above it for every spectrum. An
 * estimate that its bias takes out of the interval is cut to it.
 *
 * @remarks Use it when spaces are to be placed in relation to one another (a metric may be
 * clustered and embedded), or when a rotation and a scale are all that may differ; `linear-cka` is
 * less biased for few rows. Take the plug-in form from about ten rows a dimension on, `moments` below;
 * `planShapeDistance` says how many rows an accuracy needs. 0 is the same shape; π/2 = 1.57 has nothing in common, but read it
 * beside the null, which is well below that for few rows. O(n·dA·dB) and singular values.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { angularShapeDistance } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // The same rows with their columns in reverse order and three times as long: the same shape.
 * const [n, d] = [500, 5];
 * const a = uniformPoints(n, d, Random.fromSeed(1));
 * const b = matrix(a.data.map((_, i) => 3 * a.data[i - (i % d) + (d - 1 - (i % d))]), n, d);
 * const { value } = await angularShapeDistance({ a, b });
 * console.log(value.toFixed(2)); // 0.00
 *
 * const other = uniformPoints(n, d, Random.fromSeed(2));
 * const unrelated = await angularShapeDistance({ a, b: other });
 * console.log(unrelated.value.toFixed(2), unrelated.null?.value.toFixed(2)); // 1.49 1.49
 * @function
 */
export const angularShapeDistance = /* @__PURE__ */ defineComparison({
  id: 'angular-shape-distance',
  title: 'Procrustes shape distance, angular',
  summary: 'The angle that is left between two spaces after the best rotation, in radians.',
  references: [
    cite(sources.generalizedShapeMetrics, 'Eq. 5: angular distance modulo rotations'),
    cite(
      papers.estimatingShapeDistancesLimitedSamples,
      'method-of-moments estimate of the nuclear norm',
    ),
    cite(sources.spectrumEstimation, 'moments of a spectrum from increasing cycles of rows'),
  ],
  deviations: [
    'The mean of the rows is not known: their products are U-centred, within blocks of at most 250 rows.',
    'The interval of the moment estimator is not value ± bias ± error, but lies between polynomials below and above the root, which is narrower.',
  ],
  options: {
    estimator: choice(['plug-in', 'moments'], 'plug-in', 'How ‖Σ_ab‖_∗ is found.'),
    degree: integer(3, 'Moments used by the moment estimator.', { min: 1, max: 6, symbol: 'P' }),
    maxBias: number(1, 'The most by which the moment estimate of cos θ may be off on average.', {
      min: 0,
      max: 1,
    }),
  },
  kind: 'distance',
  range: [0, Math.PI / 2],
  rows: 'paired',
  columns: 'any',
  async compare(pair, { estimator, degree, maxBias }) {
    const parts = await shapeParts(pair);
    if (parts.a === 0 || parts.b === 0) {
      return { value: NaN, warnings: [`the rows of ${parts.a === 0 ? 'A' : 'B'} do not differ.`] };
    }
    return estimator === 'plug-in' ? plugIn(pair, parts) : byMoments(pair, { degree, maxBias });
  },
});

async function plugIn(pair: Pair, parts: ShapeParts): Promise<Compared> {
  const { likeness, half, draws } = await plugInLikeness(pair, parts);
  const value = acos(likeness);
  const interval = Number.isFinite(half)
    ? { low: acos(Math.min(1, likeness + half)), high: acos(Math.max(0, likeness - half)) }
    : {};
  const how = `one space turned at random: ${draws.length} draws`;
  const expected = simulatedExpectation(draws.map(acos), value, 'small', how);
  return { value, ...interval, null: expected, warnings: biasWarning(pair, expected.value) };
}

function biasWarning(pair: Pair, chance: number): string[] {
  const d = Math.max(pair.a.cols, pair.b.cols);
  if (pair.n >= 10 * d) return [];
  const degrees = ((180 / Math.PI) * chance).toFixed(0);
  return [
    `too small: ${pair.n} rows are fewer than 10 for each of ${d} dimensions; unrelated spaces have ${chance.toFixed(2)} (${degrees}°), not 1.57.`,
  ];
}

async function byMoments(pair: Pair, options: MomentOptions): Promise<Compared> {
  const found = await momentNuclearNorm(pair, options);
  if (!found) {
    return {
      value: NaN,
      warnings: [`needs ${rowsForDegree(options.degree)} rows; got ${pair.n}.`],
    };
  }
  const { likeness, biasBound, standardError, interval } = found;
  const said = `moment estimate from ${found.rows} rows: cos θ = ${likeness.toFixed(3)}, off by at most ${biasBound.toFixed(2)} on average and by ${standardError.toFixed(2)} by the choice of rows (one standard error); the interval covers both, cos θ from ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}.`;
  const missed =
    biasBound > options.maxBias * (1 + 1e-6)
      ? [
          `a bias of at most ${options.maxBias} is out of reach with ${options.degree} moments: the least is ${biasBound.toFixed(2)}.`,
        ]
      : [];
  return {
    value: acos(Math.min(interval.high, Math.max(interval.low, likeness))),
    low: acos(interval.high),
    high: acos(interval.low),
    null: { value: acos(0), how: 'unrelated spaces; the moments are unbiased' },
    warnings: [said, ...missed],
  };
}
