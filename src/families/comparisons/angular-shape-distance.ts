import { acos, cos } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { momentNuclearNorm } from './support/moments.ts';
import { type ShapeParts, shapeParts, turnedNuclearNorms } from './support/nuclear.ts';
import { simulatedExpectation } from './support/statistics.ts';
import type { Compared, Pair } from './types.ts';

/**
 * The angle between two spaces of centred rows after the best rotation, in radians:
 *
 *     θ = arccos( ‖AᵀB‖∗ / (‖A‖·‖B‖) ),  0 to π/2
 *
 * with A (n × dA) and B (n × dB) the centred rows, ‖·‖∗ the sum of the singular values and ‖·‖ the
 * Frobenius norm. A metric (it keeps the triangle inequality), free of scale. SciPy’s Procrustes
 * disparity is sin²θ.
 *
 * The plug-in form is too small unless there are many rows for each dimension: a rotation is fitted
 * to them. `moments` estimates ‖Σ_ab‖∗ without fitting, from traces of powers over distinct rows;
 * it is too large by up to the bound in its warning, more so for slowly falling spectra.
 *
 * @remarks Use it when spaces are to be placed in relation to one another (a metric may be
 * clustered and embedded), or when a rotation and a scale are all that may differ; `linear-cka` is
 * less biased for few rows. 0 is the same shape; π/2 = 1.57 has nothing in common, but read it
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
    'The polynomial of the moment estimator is the one of least greatest error, not one that weighs variance; the rows are centred by their mean.',
  ],
  options: {
    estimator: choice(['plug-in', 'moments'], 'plug-in', 'How ‖Σ_ab‖_∗ is found.'),
    degree: integer(3, 'Moments used by the moment estimator.', { min: 1, max: 4, symbol: 'P' }),
  },
  kind: 'distance',
  rows: 'paired',
  columns: 'any',
  async compare(pair, { estimator, degree }) {
    const parts = await shapeParts(pair);
    if (parts.a === 0 || parts.b === 0) {
      return { value: NaN, warnings: [`the rows of ${parts.a === 0 ? 'A' : 'B'} do not differ.`] };
    }
    return estimator === 'plug-in' ? plugIn(pair, parts) : byMoments(pair, degree);
  },
});

async function plugIn(pair: Pair, parts: ShapeParts): Promise<Compared> {
  const { n } = pair;
  const scale = Math.sqrt(parts.a * parts.b);
  const likeness = Math.min(1, parts.nuclear / scale);
  const value = acos(likeness);
  const influence = parts.rows.nuclear.map(
    (along, i) =>
      likeness *
      n *
      (along / parts.nuclear - parts.rows.a[i] / parts.a / 2 - parts.rows.b[i] / parts.b / 2),
  );
  const half = Z95 * meanEstimate(influence).standardError;
  const interval = Number.isFinite(half)
    ? { low: acos(Math.min(1, likeness + half)), high: acos(Math.max(0, likeness - half)) }
    : {};
  const draws = (await turnedNuclearNorms(pair)).map((norm) => acos(Math.min(1, norm / scale)));
  const how = `one space turned at random: ${draws.length} draws`;
  const expected = simulatedExpectation(draws, value, 'small', how);
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

async function byMoments(pair: Pair, degree: number): Promise<Compared> {
  const found = await momentNuclearNorm(pair, degree);
  if (!found) return { value: NaN, warnings: [`needs ${4 * degree + 2} rows; got ${pair.n}.`] };
  const clipped = (x: number) => Math.min(1, Math.max(0, x));
  const half = Z95 * found.standardError;
  const value = acos(clipped(found.likeness));
  const bound = found.biasBound.toFixed(2);
  return {
    value,
    low: acos(clipped(found.likeness + half)),
    high: acos(clipped(found.likeness - half)),
    null: { value: acos(0), how: 'unrelated spaces; the moments are unbiased' },
    warnings: [
      `moment estimate from ${found.rows} rows: cos θ = ${found.likeness.toFixed(3)} is off by at most ${bound} on average (cos ${cos(value).toFixed(3)}).`,
    ],
  };
}
