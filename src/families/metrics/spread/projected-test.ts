import type { Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { zerosOf } from '../../../core/transposed.ts';
import { uniformPoints } from '../../../manifolds/sampling.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { kolmogorovTail } from '../../../numerics/laws/kolmogorov.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { angleLaw, largestDistance, projectedNull, stephens } from './support/projections.ts';

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
 * the null is simulated along the same directions, of 100 rows at most, for the law hardly depends on how
 * many they are. The interval is for the same directions. NaN for one row and in one dimension. Of more than 20,000 rows a seeded sample is tested,
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
  range: ({ n }) => [0, Math.sqrt(n)],
  title: 'Projection test of uniformity',
  summary: 'Whether the rows seen along random directions have the law of uniform points.',
  references: [
    cite(
      sources.projectionBasedTests,
      'Section 2: several random directions with the Kolmogorov–Smirnov test',
    ),
  ],
  deviations: [
    'The p-value is Bonferroni’s; the interval of the null is that of the simulated largest distance.',
  ],
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
    const drawn = () => stream.fork('rows').sample(all, n).sort();
    const rows = n < all ? await space.gather(drawn()) : points;
    const axes = directionsLike(rows, directions, stream.fork('axes'));
    const { data } = await engine.matmul(axes, rows, true);
    const law = angleLaw(d);
    const worst = largestDistance(data, n, law);
    const value = Math.sqrt(n) * worst.distance;
    const half = Z95 * Math.sqrt(worst.share * (1 - worst.share));
    const corrected = stephens(n) * worst.distance;
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(Math.sqrt(n), value + half),
      warnings: n < all ? [`tests a sample of ${n} of the ${all} rows.`] : [],
      null: {
        ...(await projectedNull({ axes, n, law, engine, random: stream.fork('null') })),
        pValue: Math.min(1, directions * kolmogorovTail(corrected)),
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
