import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { squaredDistance } from '../../../engine/kernels/squared-distance.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { ripsBars } from './support/rips.ts';

const CANDIDATES = 2000;
const DRAWS = 5;
const BARS = 10;

/**
 * Loops: the longest bar of the persistent homology of degree 1 of the rows.
 *
 *     max_b (death_b − birth_b),   b the bars of H₁(VR_r(L); ℤ/2) over r, 0 ≤ r ≤ 2
 *
 * with VR_r(L) the Vietoris–Rips complex of the landmarks L at the distance r (chords of unit rows): up
 * to `landmarks` rows, each the farthest from those before. Near √3 for a great circle, small where rows
 * fill their space; compare it with uniform points, whose mean is the null, simulated. `table` has birth
 * and death of the ten longest bars. Landmarks are chosen among 2,000 rows at most. NaN for one row.
 *
 * The interval is that of the whole set: landmarks are within ε of every row they were chosen among, and
 * bars change by 2ε at most (stability). It is wide where landmarks are few.
 *
 * @remarks Use it to find cyclic structure, such as hours, months, colours or angles: a bar far above the
 * null and above the other bars is a loop. One bar says that there is a loop, not what it means: look at
 * the rows along it. Bars of similar length are noise. Not below 0, and less than 2. Costs O(n d) for
 * each landmark, then about the cube of their number, so 300 is the most.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { persistence1 } from 'tammes/metrics';
 *
 * // A regular polygon lives from its side to √3, the side of the inscribed triangle.
 * const angles = Float64Array.from({ length: 24 }, (_, i) => (2 * Math.PI * i) / 24);
 * const corners = [...angles].flatMap((a) => [Math.cos(a), Math.sin(a)]);
 * const { value } = await persistence1(matrix(Float32Array.from(corners), 24, 2));
 * console.log(value.toFixed(3), (Math.sqrt(3) - 2 * Math.sin(Math.PI / 24)).toFixed(3)); // 1.471 1.471
 *
 * // A filled sphere has no loop that lasts.
 * const sphere = await persistence1(uniformPoints(100, 3, Random.fromSeed(1)));
 * console.log(sphere.value < value / 2); // true
 * @function
 */
export const persistence1 = /* @__PURE__ */ defineMetric({
  id: 'persistence-1',
  group: 'neighborhoods',
  range: [0, 2],
  title: 'Longest loop (persistent homology of degree 1)',
  summary: 'How long the most persistent loop of the rows lives as distances grow.',
  references: [
    cite(sources.ripser, 'persistent cohomology with clearing, implicit coboundaries'),
    cite(sources.persistenceStability, 'Rips complexes of sets within ε have bars within 2ε'),
  ],
  options: {
    landmarks: integer(100, 'Rows that the complex is built on.', { min: 3, max: 300 }),
  },
  async measure(space, { landmarks: count }) {
    if (space.points.rows < 2) return NO_PAIR;
    const candidates = someRows(space);
    const { points, radius } = landmarks(candidates, count);
    const bars = ripsBars(points);
    const value = bars.length > 0 ? bars[0].death - bars[0].birth : 0;
    return {
      value,
      low: Math.max(0, value - 2 * radius),
      high: Math.min(2, value + 2 * radius),
      table: bars.slice(0, BARS).map(({ birth, death }) => ({ birth, death })),
      warnings: [],
    };
  },
  async underUniform(model, { landmarks: count }) {
    const { n } = model;
    if (n < 2) return undefined;
    const values: number[] = [];
    const m = Math.min(n, CANDIDATES);
    for (let r = 0; r < DRAWS; r++) {
      const [longest] = ripsBars(await landmarksOfDraw(model.draw(r, m), count, model.engine));
      values.push(longest ? longest.death - longest.birth : 0);
      await model.turn();
    }
    const { mean, low, high } = simulatedInterval(values, m, m);
    return {
      value: mean,
      low: Math.max(0, low),
      high,
      how: `simulated, ${DRAWS} draws of ${m} points; mean`,
    };
  },
});

function someRows(space: Space): Matrix {
  const { points } = space;
  if (points.rows <= CANDIDATES) return points;
  return gathered(points, space.random('landmarks').sample(points.rows, CANDIDATES));
}

/** Rows each the farthest from those before, and the largest distance of any row to one of them. */
function landmarks(points: Matrix, count: number): { points: Matrix; radius: number } {
  const { data: x, rows: n, cols: d } = points;
  if (n <= count) return { points, radius: 0 };
  const { chosen, left } = farthestRows(n, count, (a, i) => squaredDistance(x, i * d, x, a * d, d));
  return { points: gathered(points, chosen), radius: Math.sqrt(left) };
}

/** Such rows of simulated unit rows, by cosines in the engine's precision: whichever of two is the farther. */
async function landmarksOfDraw(points: Matrix, count: number, engine: Engine): Promise<Matrix> {
  const { rows: n } = points;
  if (n <= count) return points;
  const { data: cosines } = await engine.matmul(points, points, true);
  return gathered(points, farthestRows(n, count, (a, i) => 1 - cosines[a * n + i]).chosen);
}

/** The first row, then each the farthest from those before; and how far the next one would be. */
function farthestRows(
  n: number,
  count: number,
  distance: (a: number, i: number) => number,
): { readonly chosen: readonly number[]; readonly left: number } {
  const nearest = new Float64Array(n).fill(Infinity);
  const chosen: number[] = [];
  let next = 0;
  while (chosen.length < count) {
    chosen.push(next);
    let farthest = 0;
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i], distance(next, i));
      if (nearest[i] > nearest[farthest]) farthest = i;
    }
    next = farthest;
  }
  return { chosen, left: nearest[next] };
}
