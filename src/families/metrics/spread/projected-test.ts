import { gathered, type Matrix } from '../../../core/matrix.ts';
import { acos, pow } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { zerosOf } from '../../../core/transposed.ts';
import { uniformPoints } from '../../../manifolds/sampling.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { kolmogorovTail } from '../../../numerics/laws/kolmogorov.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { pairAngleCdf, pairAngleQuantile } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

const SAMPLE = 20_000;

/**
 * Projection test that directions are uniform: the rows seen along random directions.
 *
 *     max_a √n sup_θ |F_a(θ) − F(θ)|
 *
 * over `directions` random unit vectors u_a, with F_a the distribution function of the n angles between
 * u_a and the unit rows of R^d, and F the exact law of such an angle under uniform points: the largest of
 * so many Kolmogorov–Smirnov distances. Along one direction it has Kolmogorov's law, with Stephens'
 * correction for small n. The p-value is Bonferroni's, the number of directions times that of the worst;
 * the null is the median of the largest, directions taken as independent. The interval is for the same
 * directions. NaN for one row and in one dimension. Of more than 20,000 rows a seeded sample is tested,
 * and a warning says so.
 *
 * @remarks Use it for many rows, where all pairs are too many: it costs O(n d) for each direction and
 * sees any departure that random projections show. Bonferroni makes it cautious, and in many dimensions
 * random directions look alike, so `gine-test` is sharper on up to 2,000 rows. A value above the null's
 * `high` is bad; it grows as √n for one and the same departure. The directions depend on the seed and on
 * the coordinates.
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { projectedTest } from 'tammes/metrics';
 *
 * const points = uniformPoints(500, 5, Random.fromSeed(1));
 * const even = await projectedTest(points);
 * console.log(even.value.toFixed(1), even.value < (even.null?.high ?? 0)); // 1.4 true
 *
 * // Drawn out along one axis.
 * for (let i = 0; i < 500; i++) points.data[5 * i] *= 5;
 * const drawn = await projectedTest(points);
 * console.log(drawn.value.toFixed(1), (drawn.null?.pValue ?? 1) < 1e-4); // 6.1 true
 * @function
 */
export const projectedTest = /* @__PURE__ */ defineMetric({
  id: 'projected-test',
  group: 'spread',
  title: 'Projection test of uniformity',
  summary: 'Whether the rows seen along random directions have the law of uniform points.',
  references: [
    cite(
      sources.projectionBasedTests,
      'Section 2: several random directions with the Kolmogorov–Smirnov test',
    ),
  ],
  deviations: ['Bonferroni in place of a simulated law of the smallest p-value.'],
  options: {
    directions: integer(32, 'Random directions.', { min: 1, max: 10_000 }),
  },
  async measure(space, { directions }) {
    const { points, engine } = space;
    const { rows: all, cols: d } = points;
    if (all < 2) return NO_PAIR;
    if (d < 2) return { value: NaN, warnings: ['in one dimension there are two directions only.'] };
    const n = Math.min(all, SAMPLE);
    const stream = space.random('projected');
    const rows = n < all ? gathered(points, stream.fork('rows').sample(all, n).sort()) : points;
    const axes = directionsLike(points, directions, stream.fork('axes'));
    const { data } = await engine.matmul(axes, rows, true);
    const law = angleLaw(d);
    let worst = { distance: 0, share: 0.5 };
    for (let a = 0; a < directions; a++) {
      const found = kolmogorovDistance(data.subarray(a * n, (a + 1) * n), law);
      if (found.distance > worst.distance) worst = found;
    }
    const value = Math.sqrt(n) * worst.distance;
    const half = Z95 * Math.sqrt(worst.share * (1 - worst.share));
    const corrected = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * worst.distance;
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(Math.sqrt(n), value + half),
      warnings: n < all ? [`tests a sample of ${n} of the ${all} rows.`] : [],
      null: {
        value: largestQuantile(0.5, directions),
        low: largestQuantile(0.025, directions),
        high: largestQuantile(0.975, directions),
        pValue: Math.min(1, directions * kolmogorovTail(corrected)),
        how: `asymptotic: Kolmogorov's law, ${directions} directions as independent; median`,
      },
    };
  },
});

function directionsLike(points: Matrix, count: number, random: Random): Matrix {
  const drawn = uniformPoints(count, points.cols, random);
  const axes = zerosOf(points, count, points.cols);
  axes.data.set(drawn.data);
  return axes;
}

const TABLE = 4096;

/** P(angle ≤ θ), from a table between the angles that matter. */
function angleLaw(d: number): (theta: number) => number {
  const first = pairAngleQuantile(1e-12, d);
  const step = (Math.PI - 2 * first) / TABLE;
  const table = Float64Array.from({ length: TABLE + 1 }, (_, i) =>
    pairAngleCdf(first + i * step, d),
  );
  return (theta) => {
    const at = Math.min(TABLE - 1e-9, Math.max(0, (theta - first) / step));
    const i = Math.floor(at);
    return table[i] + (at - i) * (table[i + 1] - table[i]);
  };
}

/** sup |F_n − F| of the angles with these cosines, and F_n where it is attained. */
function kolmogorovDistance(
  cosines: ArrayLike<number>,
  law: (theta: number) => number,
): { distance: number; share: number } {
  const n = cosines.length;
  const angles = Float64Array.from(cosines, (c) => acos(Math.max(-1, Math.min(1, c)))).sort();
  let worst = { distance: 0, share: 0.5 };
  for (let i = 0; i < n; i++) {
    const expected = law(angles[i]);
    for (const share of [i / n, (i + 1) / n]) {
      const distance = Math.abs(share - expected);
      if (distance > worst.distance) worst = { distance, share };
    }
  }
  return worst;
}

/** The p-quantile of the largest of k independent distances. */
function largestQuantile(p: number, k: number): number {
  let [low, high] = [0.2, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (pow(1 - kolmogorovTail(middle), k) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
